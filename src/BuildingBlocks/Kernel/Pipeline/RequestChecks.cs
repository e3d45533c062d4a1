using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;

namespace Monolith.Kernel.Pipeline;

/// <summary>The start fails closed: a request type that the pipeline could wave through is named and stops the host.</summary>
public static class RequestChecks
{
    /// <summary>Checks every request type of the assemblies against the registrations. Throws <see cref="InvalidOperationException"/> that lists all faults.</summary>
    /// <returns>The number of request types seen.</returns>
    public static int Verify(IServiceCollection services, IEnumerable<Type> types)
    {
        var requests = types.Where(type => type is { IsAbstract: false } && typeof(IBaseRequest).IsAssignableFrom(type)).ToList();
        var faults = requests.SelectMany(request => Faults(request, services)).ToList();
        if (faults.Count > 0)
            throw new InvalidOperationException("The host cannot start:\n" + string.Join('\n', faults));
        return requests.Count;
    }

    /// <summary>The request has a body, or something that its validator looks at.</summary>
    public static bool MayBeInvalid(Type request) =>
        request.GetProperties().Any(property => typeof(IRequestBody).IsAssignableFrom(property.PropertyType))
        || (!IsWaived(request) && Unresolved(request).Any());

    private static IEnumerable<string> Faults(Type request, IServiceCollection services)
    {
        var response = request.GetInterfaces()
            .First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(MediatR.IRequest<>))
            .GetGenericArguments()[0];
        if (!response.IsGenericType || response.GetGenericTypeDefinition() != typeof(Result<>))
            yield return $"{request.FullName} answers {response.Name}; every request must answer a Result.";

        var handlers = Registered(services, typeof(IRequestHandler<,>).MakeGenericType(request, response));
        if (handlers.Count != 1)
            yield return $"{request.FullName} has {handlers.Count} handlers ({string.Join(", ", handlers)}); exactly one is needed.";

        var requirement = RequestRequirement.Of(request);
        foreach (var fault in requirement.Faults())
            yield return $"{request.FullName} {fault}";

        var authorizers = Registered(services, typeof(IRequestAuthorizer<>).MakeGenericType(request));
        if (authorizers.Count != (requirement.HasRule ? 1 : 0))
            yield return $"{request.FullName} has {authorizers.Count} request authorizers; {(requirement.HasRule ? "exactly one" : "none")} is needed.";

        var validators = Registered(services, typeof(IValidator<>).MakeGenericType(request));
        var waived = IsWaived(request);
        var open = Unresolved(request).ToList();
        if (validators.Count == 0 && !waived && open.Count > 0)
            yield return $"{request.FullName} has no validator for {string.Join(", ", open)}; add one or waive it with [NothingToValidate].";
        if (waived && open.Count == 0)
            yield return $"{request.FullName} waives validation and has nothing to validate; remove [NothingToValidate].";
        if (validators.Count > 0 && waived)
            yield return $"{request.FullName} waives validation and has a validator ({string.Join(", ", validators)}).";
    }

    /// <summary>What a request says beyond the organization and the user that the pipeline finds or refuses.</summary>
    private static IEnumerable<string> Unresolved(Type request)
    {
        List<string> resolved = [];
        if (typeof(IOrganizationRequest).IsAssignableFrom(request))
            resolved.Add(nameof(IOrganizationRequest.Organization));
        if (typeof(IUserRequest).IsAssignableFrom(request))
            resolved.Add(nameof(IUserRequest.User));
        return request.GetProperties().Select(property => property.Name).Except(resolved);
    }

    private static bool IsWaived(Type request) => request.GetCustomAttribute<NothingToValidateAttribute>() is not null;

    private static List<string> Registered(IServiceCollection services, Type service) =>
        [.. services.Where(d => d.ServiceType == service).Select(d => d.ImplementationType?.FullName ?? d.ServiceType.Name)];
}
