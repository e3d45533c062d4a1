using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
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
    private static readonly string[] ForeignWords = ["Answer", "Person", "People", "Listing", "Criteria"];

    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    [Fact]
    public void Public_types_live_in_contracts_or_are_the_module()
    {
        var published = Solution.Types().Where(type => type.IsVisible).ToList();
        Assert.NotEmpty(published);
        var strays = published.Where(type =>
            !typeof(IModule).IsAssignableFrom(type) && !IsComponent(type) && !type.Namespace!.EndsWith(".Contracts", StringComparison.Ordinal));
        Faults.None(strays.Select(Stray));
    }

    [Fact]
    public void A_public_type_is_named_with_its_file_and_the_remedy() => Assert.Equal(
        "src/Modules/Entitlements/EntitlementsModule.cs: Monolith.Entitlements.EntitlementsModule is public; make it internal, or move it to Contracts/ when other modules need it",
        Stray(Solution.Types().Single(type => type.Name == "EntitlementsModule")));

    [Fact]
    public void Handlers_validators_and_endpoints_are_internal_and_sealed()
    {
        foreach (var kind in new[] { typeof(IRequestHandler<,>), typeof(INotificationHandler<>), typeof(IValidator), typeof(ICarterModule), typeof(IPageFiles) })
        {
            var types = Solution.Types().Where(type => type.IsClass && Implements(type, kind)).ToList();
            Assert.True(types.Count > 0, $"No {kind.Name} was found.");
            Faults.None(types.Where(type => type.IsVisible || !(type.IsSealed || type.IsAbstract)).Select(type => type.FullName));
        }
    }

    [Fact]
    public void Types_are_named_by_the_words_of_the_glossary()
    {
        var types = Solution.Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.Name.Contains('<', StringComparison.Ordinal) && type.Namespace?.StartsWith("Monolith.", StringComparison.Ordinal) == true).ToList();
        Assert.True(types.Count > 500);
        Faults.None(types
            .SelectMany(type => ForeignWords.Where(word => type.Name.Contains(word, StringComparison.Ordinal)).Select(word => $"{type.FullName} says {word}; docs/glossary.md has the word for it")));
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
        Faults.None(parameters.Where(parameter => parameter.Name != "cancellationToken").Select(parameter => $"{parameter.Member.DeclaringType}.{parameter.Member.Name} calls it {parameter.Name}"));
    }

    [Fact]
    public void Requests_are_immutable()
    {
        var properties = Solution.Types()
            .Where(type => type.IsClass && typeof(IBaseRequest).IsAssignableFrom(type))
            .SelectMany(type => type.GetProperties(Everything))
            .ToList();
        Assert.True(properties.Count > 20);
        Faults.None(properties.Where(IsMutable).Select(property => $"{property.DeclaringType}.{property.Name}"));
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
        Faults.None(components[true].Where(page => !typeof(DashboardPage).IsAssignableFrom(page)).Select(page => page.FullName));

        // A request has one database connection, and components render while others wait.
        Faults.None(components[false].Where(part => part.GetProperties(Everything).Any(property => property.IsDefined(typeof(InjectAttribute)))).Select(part => part.FullName));
    }

    private static string Stray(Type type)
    {
        var name = type.Name.Split('`')[0];
        var declaration = new Regex($@"\b(?:class|record|struct|interface|enum) {name}\b");
        var file = Solution.Sources(Path.Combine("src", "Modules")).FirstOrDefault(file => file.Contains($"{Path.DirectorySeparatorChar}{type.Assembly.GetName().Name!["Monolith.".Length..]}{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && declaration.IsMatch(File.ReadAllText(file)));
        return $"{(file is null ? type.Assembly.GetName().Name : Solution.Relative(file))}: {type.FullName} is public; make it internal, or move it to Contracts/ when other modules need it";
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
