using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Pipeline;
using Monolith.BuildingBlocks.Results;

namespace Monolith.BuildingBlocks.Modules;

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

    private static IEnumerable<string> Faults(Type request, IServiceCollection services)
    {
        var response = request.GetInterfaces()
            .First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>))
            .GetGenericArguments()[0];
        if (!response.IsGenericType || response.GetGenericTypeDefinition() != typeof(Result<>))
            yield return $"{request.FullName} answers {response.Name}; every request must answer a Result.";

        var handlers = Registered(services, typeof(IRequestHandler<,>).MakeGenericType(request, response));
        if (handlers.Count != 1)
            yield return $"{request.FullName} has {handlers.Count} handlers ({string.Join(", ", handlers)}); exactly one is needed.";

        var requirements = request.GetCustomAttributes<RequirementAttribute>(false).ToList();
        if (requirements.Count != 1)
            yield return $"{request.FullName} states {requirements.Count} authorization requirements; exactly one is needed.";

        var authorizers = Registered(services, typeof(IRequestAuthorizer<>).MakeGenericType(request));
        var needsRule = requirements.OfType<RequiresRuleAttribute>().Any();
        if (authorizers.Count != (needsRule ? 1 : 0))
            yield return $"{request.FullName} has {authorizers.Count} request authorizers; {(needsRule ? "exactly one" : "none")} is needed.";

        var validators = Registered(services, typeof(IValidator<>).MakeGenericType(request));
        var waived = request.GetCustomAttribute<NothingToValidateAttribute>() is not null;
        if (validators.Count == 0 && !waived)
            yield return $"{request.FullName} has no validator; add one or waive it with [NothingToValidate].";
        if (validators.Count > 0 && waived)
            yield return $"{request.FullName} waives validation and has a validator ({string.Join(", ", validators)}).";
    }

    private static List<string> Registered(IServiceCollection services, Type service) =>
        [.. services.Where(d => d.ServiceType == service).Select(d => d.ImplementationType?.FullName ?? d.ServiceType.Name)];
}
