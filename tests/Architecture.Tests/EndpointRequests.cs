using System.Reflection;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Api.Hosting;
using Monolith.Web.Dashboard;
using Monolith.Web.Http;

namespace Monolith.Architecture.Tests;

/// <summary>One route of the host, and the request type that it sends.</summary>
internal sealed record SentRequest(RouteEndpoint Endpoint, Type Request)
{
    public string Method => Endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single();

    public string Path => Endpoint.RoutePattern.RawText!;

    public string Operation => Endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "";

    public bool IsApi => Path.StartsWith(ApiRoutes.Prefix, StringComparison.Ordinal);
}

/// <summary>Reads from the compiled endpoints what they send, so that what a route says can be held against it.</summary>
internal static class EndpointRequests
{
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const byte NewObject = 0x73;

    /// <summary>Every route that a slice maps. Throws for one whose request cannot be told.</summary>
    public static async Task<IReadOnlyList<SentRequest>> AllAsync()
    {
        await using var host = ServerBuilder.Compose(ServerBuilder.Builder([]), new OpenedDatabase());
        return
        [
            .. host.Services.GetServices<ICarterModule>().SelectMany(slice => Of(slice.GetType(), routes => slice.AddRoutes(routes.MapGroup(ApiRoutes.Prefix)), host.Services)),
            .. host.Services.GetServices<IPageFiles>().SelectMany(slice => Of(slice.GetType(), slice.AddRoutes, host.Services)),
        ];
    }

    private static IEnumerable<SentRequest> Of(Type slice, Action<IEndpointRouteBuilder> addRoutes, IServiceProvider services)
    {
        var routes = new Routes(services);
        addRoutes(routes);
        var ofSlice = Nested(slice).SelectMany(Made).Distinct().ToList();
        foreach (var endpoint in routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
        {
            var own = Made(endpoint.Metadata.GetRequiredMetadata<MethodInfo>()).Distinct().ToList();
            var sent = own.Count == 1 ? own : ofSlice;
            yield return sent.Count == 1
                ? new SentRequest(endpoint, sent[0])
                : throw new InvalidOperationException($"{endpoint.DisplayName} of {slice.Name} makes {sent.Count} requests: a route sends one, made in its own lambda.");
        }
    }

    private static IEnumerable<MethodInfo> Nested(Type type) =>
        type.GetMethods(Everything).Concat(type.GetNestedTypes(Everything).SelectMany(Nested));

    /// <summary>The request types that the code of a method makes.</summary>
    private static IEnumerable<Type> Made(MethodInfo method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + 4 < code.Length; i++)
        {
            if (code[i] == NewObject && Resolve(method.Module, BitConverter.ToInt32(code, i + 1)) is { } type && typeof(IBaseRequest).IsAssignableFrom(type))
                yield return type;
        }
    }

    private static Type? Resolve(Module module, int token)
    {
        try
        {
            return module.ResolveMethod(token)?.DeclaringType;
        }
        catch (Exception exception) when (exception is ArgumentException or BadImageFormatException)
        {
            return null; // the four bytes were no method
        }
    }

    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
