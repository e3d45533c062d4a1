using Monolith.Kernel.Messaging;

namespace Monolith.Architecture.Tests;

/// <summary>How modules tell each other what happened.</summary>
public sealed class EventTests
{
    [Fact]
    public void Events_are_sealed_records_in_contracts_named_in_the_past_tense()
    {
        var events = Solution.Types().Where(type => typeof(IEvent).IsAssignableFrom(type)).ToList();
        Assert.True(events.Count > 8);
        Faults.None(events.Where(type => !type.IsPublic || !type.IsSealed || !type.Namespace!.EndsWith(".Contracts", StringComparison.Ordinal) || type.GetMethod("<Clone>$") is null).Select(type => type.FullName));
        Faults.None(events.Where(type => !type.Name.EndsWith("ed", StringComparison.Ordinal)).Select(type => type.FullName));
    }

    [Fact]
    public void Licenses_know_no_features()
    {
        var files = Solution.Sources(Path.Combine("src", "Modules", "Entitlements", "Licenses"));
        Assert.True(files.Count > 4);
        Assert.DoesNotContain(files, file => File.ReadAllText(file).Contains("Monolith.Entitlements.Features", StringComparison.Ordinal));
    }
}
