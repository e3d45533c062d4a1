using System.Reflection;
using MediatR;

namespace Monolith.Architecture.Tests;

/// <summary>Small enough to be read (architecture, section 7).</summary>
public sealed class SizeTests
{
    private const int LongestFile = 250;
    private const int MedianFile = 50;
    private const int MostDependencies = 5;

    [Theory]
    [InlineData("cs", 300)]
    [InlineData("razor", 50)]
    [InlineData("css", 4)]
    [InlineData("js", 3)]
    public void No_file_is_longer_than_250_lines(string kind, int least)
    {
        var files = Solution.Sources("src", kind);
        Assert.True(files.Count > least);
        Faults.None(files.Where(file => File.ReadLines(file).Count() > LongestFile).Select(Solution.Relative));
    }

    [Fact]
    public void Half_of_the_files_are_at_most_50_lines()
    {
        var lengths = Solution.Sources().Select(file => File.ReadLines(file).Count()).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, MedianFile);
    }

    [Fact]
    public void A_handler_has_at_most_five_dependencies()
    {
        var handlers = Solution.Types().Where(type => type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(IsHandler)).ToList();
        Assert.True(handlers.Count > 60);
        Faults.None(handlers.Where(handler => Dependencies(handler) > MostDependencies).Select(handler => $"{handler.FullName} has {Dependencies(handler)} dependencies; at most {MostDependencies}: give some of its work to a class with a name"));
    }

    [Fact]
    public void An_internal_interface_has_two_implementations_or_stands_in_for_one_in_a_test()
    {
        var seams = Solution.Types().Where(type => type is { IsInterface: true, IsVisible: false }).ToList();
        Assert.True(seams.Count > 5);
        var tests = string.Concat(Solution.Sources("tests").Select(File.ReadAllText));
        Faults.None(seams
            .Where(seam => Solution.Types().Count(type => type.IsClass && Implements(type, seam)) < 2 && !tests.Contains(seam.Name.Split('`')[0], StringComparison.Ordinal))
            .Select(seam => $"{seam.FullName} has one implementation and no test that replaces it; name the class instead"));
    }

    private static int Dependencies(Type handler) =>
        handler.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Max(constructor => constructor.GetParameters().Length);

    private static bool IsHandler(Type service) =>
        service.IsGenericType && service.GetGenericTypeDefinition() is { } kind && (kind == typeof(IRequestHandler<,>) || kind == typeof(INotificationHandler<>));

    private static bool Implements(Type type, Type seam) =>
        type.GetInterfaces().Any(one => one == seam || (one.IsGenericType && one.GetGenericTypeDefinition() == seam));
}
