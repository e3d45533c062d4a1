using System.Text.RegularExpressions;

namespace Monolith.Kernel.Text;

/// <summary>Time zones by their IANA names.</summary>
public static partial class IanaZone
{
    /// <summary>Null when nobody knows the zone.</summary>
    public static TimeZoneInfo? Find(string name) =>
        Name().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;

    // The runtime opens the file of that name: a path would name any file of the machine.
    [GeneratedRegex(@"^[A-Za-z0-9_+-]{1,32}(/[A-Za-z0-9_+-]{1,32}){0,2}\z")]
    private static partial Regex Name();
}
