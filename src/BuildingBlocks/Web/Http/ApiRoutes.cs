using System.Reflection;
using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Pipeline;

namespace Monolith.Web.Http;

/// <summary>The request that a route sends.</summary>
/// <param name="Request">The type of the query or command.</param>
public sealed record Sends(Type Request)
{
    /// <summary>Whether it is a query.</summary>
    public bool IsQuery { get; } = !typeof(ICommandBase).IsAssignableFrom(Request);
}

/// <summary>The tag that the API document gives to the routes whose requests live in a room; a route may say another one.</summary>
/// <param name="room">The folder in the module, such as <c>AiSeats</c>.</param>
/// <param name="tag">What readers of the document see, such as <c>AI seats</c>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class RoomTagAttribute(string room, string tag) : Attribute
{
    /// <summary>The folder in the module.</summary>
    public string Room => room;

    /// <summary>What readers of the document see.</summary>
    public string Tag => tag;
}

/// <summary>What all routes of the API have in common.</summary>
public static class ApiRoutes
{
    /// <summary>Where the API begins. Slices write their paths below it.</summary>
    public const string Prefix = "/api/v2";

    /// <summary>Maps every slice below <see cref="Prefix"/>.</summary>
    public static void MapApi(this IEndpointRouteBuilder app) => app.MapGroup(Prefix).MapCarter();

    /// <summary>Says what the route sends. Whether it needs a session, how it refuses and its tag follow from the attributes of the request.</summary>
    /// <param name="route">The route.</param>
    /// <param name="id">Its name in the API document, in kebab case; unique.</param>
    /// <param name="summary">One sentence for readers of the document.</param>
    public static RouteHandlerBuilder For<TRequest>(this RouteHandlerBuilder route, string id, string summary)
        where TRequest : class
    {
        var requirement = RequestRequirement.Of(typeof(TRequest));
        route.WithName(id).WithSummary(summary).WithMetadata(new Sends(typeof(TRequest)));
        if (TagOf(typeof(TRequest)) is { } tag)
            route.WithTags(tag);
        if (requirement.IsOpen)
            route.AllowAnonymous();
        if (RequestChecks.MayBeInvalid(typeof(TRequest)))
            route.Fails(StatusCodes.Status400BadRequest);
        return route.Fails([.. requirement.Refusals().Select(kind => (int)kind)]);
    }

    /// <summary>Failures that the request does not tell by its attributes, because its handler finds them.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            route.Produces<ErrorBody>(status);
        return route;
    }

    // Monolith.Members.Users lives in the room Users.
    private static string? TagOf(Type request) =>
        request.Assembly.GetCustomAttributes<RoomTagAttribute>().SingleOrDefault(one => one.Room == request.Namespace!.Split('.').ElementAtOrDefault(2))?.Tag;
}
