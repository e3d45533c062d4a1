using System.Reflection;
using System.Runtime.CompilerServices;
using FluentValidation;
using MediatR;
using Monolith.Kernel.Json;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;

namespace Monolith.Kernel.Pipeline;

/// <summary>Runs the validators one after the other and answers all complaints at once.</summary>
internal sealed class ValidateBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators, IServiceProvider services)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : IFailable<TResponse>
{
    private static readonly Func<TRequest, IRequestBody?>[] Bodies =
    [
        .. typeof(TRequest).GetProperties()
            .Where(property => typeof(IRequestBody).IsAssignableFrom(property.PropertyType))
            .Select(property => property.GetMethod!.CreateDelegate<Func<TRequest, IRequestBody?>>()),
    ];

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        // A body that could not be read is reported here, after authorization, so that bad JSON tells an outsider nothing.
        foreach (var body in Bodies)
        {
            if (body(request)?.Error is { } unreadable)
                return TResponse.Fail(unreadable);
        }

        List<FieldError>? fields = null;
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(ValidationScope.Of(request, services), cancellationToken);
            if (!result.IsValid)
                (fields ??= []).AddRange(result.Errors.Select(failure => new FieldError(failure.PropertyName, failure.ErrorMessage)));
        }

        return fields is null ? await next() : TResponse.Fail(Error.Invalid(fields));
    }
}

/// <summary>Complaints name fields as the wire does, also for a validator that a test builds without the host.</summary>
internal static class ValidationNames
{
#pragma warning disable CA2255 // the library's setting is global; a validator built before it was made would name its fields differently
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Apply()
    {
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member switch
        {
            null => null,
            PropertyInfo property when property.PropertyType.IsDefined(typeof(FlattenedAttribute)) => "", // its parts stand on their own in a query
            _ => WireJson.Name(member.Name),
        };
        ValidatorOptions.Global.DisplayNameResolver = (_, member, _) => member is null ? null : WireJson.Name(member.Name);
    }
}
