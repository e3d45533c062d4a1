namespace Monolith.Architecture.Tests;

/// <summary>What a rule complains of: a sentence each that names the file and says what to do. The framework's own assertion cuts them after fifty characters.</summary>
internal static class Faults
{
    public static void None(IEnumerable<string?> faults)
    {
        var told = faults.ToList();
        Assert.True(told.Count == 0, string.Join('\n', told));
    }
}
