using System.Reflection;
using System.Runtime.CompilerServices;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Components;
using Monolith.Kernel.Modules;
using Monolith.Web.Dashboard;

namespace Monolith.Architecture.Tests;

/// <summary>The compiler guards the borders as long as types stay internal.</summary>
public sealed class TypeTests
{
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    [Fact]
    public void Public_types_live_in_contracts_or_are_the_module()
    {
        var published = Solution.Types().Where(type => type.IsVisible).ToList();
        Assert.NotEmpty(published);
        var strays = published.Where(type =>
            !typeof(IModule).IsAssignableFrom(type) && !IsComponent(type) && !type.Namespace!.EndsWith(".Contracts", StringComparison.Ordinal));
        Assert.Empty(strays.Select(type => type.FullName));
    }

    [Fact]
    public void Handlers_validators_and_endpoints_are_internal_and_sealed()
    {
        foreach (var kind in new[] { typeof(IRequestHandler<,>), typeof(INotificationHandler<>), typeof(IValidator), typeof(ICarterModule), typeof(IPageFiles) })
        {
            var types = Solution.Types().Where(type => type.IsClass && Implements(type, kind)).ToList();
            Assert.True(types.Count > 0, $"No {kind.Name} was found.");
            Assert.Empty(types.Where(type => type.IsVisible || !(type.IsSealed || type.IsAbstract)).Select(type => type.FullName));
        }
    }

    [Fact]
    public void A_token_that_cancels_is_called_cancellationToken()
    {
        // BackgroundService calls it stoppingToken; code that the compiler made, lambdas among it, has names of its own.
        var parameters = Solution.Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(Everything | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.Name.Contains('<', StringComparison.Ordinal) && method.Name != "ExecuteAsync")
            .Select(method => method.GetParameters().LastOrDefault(parameter => parameter.ParameterType == typeof(CancellationToken)))
            .OfType<ParameterInfo>()
            .ToList();
        Assert.True(parameters.Count > 200);
        Assert.Empty(parameters.Where(parameter => parameter.Name != "cancellationToken").Select(parameter => $"{parameter.Member.DeclaringType}.{parameter.Member.Name} calls it {parameter.Name}"));
    }

    [Fact]
    public void Requests_are_immutable()
    {
        var properties = Solution.Types()
            .Where(type => type.IsClass && typeof(IBaseRequest).IsAssignableFrom(type))
            .SelectMany(type => type.GetProperties(Everything))
            .ToList();
        Assert.True(properties.Count > 20);
        Assert.Empty(properties.Where(IsMutable).Select(property => $"{property.DeclaringType}.{property.Name}"));
    }

    [Fact]
    public void Migrations_are_embedded_in_every_module()
    {
        foreach (var module in Solution.Modules)
        {
            Assert.True(
                module.GetManifestResourceNames().Any(name => name.Contains(".Migrations.", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal)),
                $"{module.GetName().Name} embeds no migration.");
        }
    }

    [Fact]
    public void Pages_load_and_components_below_them_load_nothing()
    {
        var components = Solution.Types().Where(type => type is { IsAbstract: false } && typeof(ComponentBase).IsAssignableFrom(type)).ToLookup(type => type.IsDefined(typeof(RouteAttribute)));
        Assert.True(components[true].Count() > 10 && components[false].Count() > 10);
        Assert.Empty(components[true].Where(page => !typeof(DashboardPage).IsAssignableFrom(page)).Select(page => page.FullName));

        // A request has one database connection, and components render while others wait.
        Assert.Empty(components[false].Where(part => part.GetProperties(Everything).Any(property => property.IsDefined(typeof(InjectAttribute)))).Select(part => part.FullName));
    }

    // The Razor compiler knows public components only, and a public parameter needs a public type: it is nested in its component.
    private static bool IsComponent(Type type) =>
        typeof(IComponent).IsAssignableFrom(type)
        || (type.DeclaringType is { } component && IsComponent(component))
        || type.Name == "_Imports";

    private static bool Implements(Type type, Type kind) => kind.IsGenericTypeDefinition
        ? type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == kind)
        : kind.IsAssignableFrom(type);

    private static bool IsMutable(PropertyInfo property) =>
        property.SetMethod is { } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
