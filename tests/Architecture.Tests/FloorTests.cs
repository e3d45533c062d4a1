namespace Monolith.Architecture.Tests;

/// <summary>Floors inside a project: a namespace stands above all that it uses (architecture, section 1).</summary>
public sealed class FloorTests
{
    [Fact]
    public void No_two_namespaces_of_a_project_know_each_other_in_a_circle()
    {
        var graphs = Solution.Assemblies.Select(NamespaceGraph.Of).ToList();
        Assert.True(graphs.Sum(graph => graph.Uses.Count) > 40);
        var circles = graphs.SelectMany(graph => graph.Circles()).ToList();
        Assert.True(circles.Count == 0, $"Namespaces know each other in a circle. Move what both sides use down, or open the circle with an event:\n{string.Join("\n\n", circles)}");
    }
}
