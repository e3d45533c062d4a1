using System.Reflection;
using Monolith.Data.Connections;
using Monolith.Kernel.Messaging;

namespace Monolith.Architecture.Tests;

/// <summary>Handlers of commands decide; a test tries each of their decisions without a database (architecture, section 5).</summary>
public sealed class CommandTests
{
    [Fact]
    public void Every_command_handler_is_made_by_a_test_of_its_module()
    {
        var handlers = Handlers();
        var tests = Solution.Registered.ToDictionary(module => module.Assembly, module => TestsOf(module.Assembly));
        Faults.None(handlers
            .Where(handler => !tests[handler.Assembly].Contains($"new {handler.Name}(", StringComparison.Ordinal))
            .Select(handler => $"{handler.FullName} is made by no test of its module: test what it refuses, writes, notes and tells"));
    }

    [Fact]
    public void No_command_handler_takes_the_database_itself() => Faults.None(Handlers()
        .Where(handler => Parameters(handler).Any(parameter => typeof(Db).IsAssignableFrom(parameter)))
        .Select(handler => $"{handler.FullName} takes the database: give it a narrow interface beside it, so that a test can replace what it stores"));

    private static List<Type> Handlers()
    {
        var handlers = Solution.Types().Where(type => type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(IsCommandHandler)).ToList();
        Assert.True(handlers.Count > 30, $"{handlers.Count} handlers of commands were found.");
        return handlers;
    }

    private static bool IsCommandHandler(Type service) => service.IsGenericType && service.GetGenericTypeDefinition() == typeof(ICommandHandler<,>);

    private static IEnumerable<Type> Parameters(Type handler) =>
        handler.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType);

    private static string TestsOf(Assembly module)
    {
        var folder = Path.Combine("tests", $"{Solution.ProjectOf(module)}.Tests");
        return Directory.Exists(Path.Combine(Solution.Root, folder)) ? string.Concat(Solution.Sources(folder).Select(File.ReadAllText)) : "";
    }
}
