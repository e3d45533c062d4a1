using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace Monolith.Kernel.Pipeline;

/// <summary>Validators are made once. What belongs to one request, such as a feature that is asked once in it, a rule takes from here.</summary>
public static class ValidationScope
{
    private const string Item = "services";

    /// <summary>A service of the request that is validated.</summary>
    public static T Scoped<T>(this IValidationContext context)
        where T : notnull =>
        ((IServiceProvider)context.RootContextData[Item]).GetRequiredService<T>();

    internal static ValidationContext<T> Of<T>(T request, IServiceProvider services)
    {
        var context = new ValidationContext<T>(request);
        context.RootContextData[Item] = services;
        return context;
    }
}
