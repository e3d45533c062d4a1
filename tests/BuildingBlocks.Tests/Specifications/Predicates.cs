using System.Linq.Expressions;

namespace Monolith.BuildingBlocks.Tests.Specifications;

/// <summary>Every shape a predicate may have, under a name.</summary>
public static class Predicates
{
    private static readonly Guid Third = Sample.Rows[2].Id;
    private static readonly Guid[] Ids = [Sample.Rows[1].Id, Sample.Rows[5].Id, Guid.Empty];
    private static readonly List<int?> Ages = [1, null, 7];
    private static readonly string[] Wanted = ["auditor", "it's"];
    private static readonly HashSet<Mood> Moods = [Mood.Away, Mood.NeedsRest];
    private static readonly string? Missing = Environment.GetEnvironmentVariable("MONOLITH_UNSET");
    private static readonly IReadOnlyCollection<Guid>? NoList = Missing is null ? null : [];
    private static readonly DateTimeOffset Shifted = Sample.Noon.AddHours(5).ToOffset(TimeSpan.FromHours(5));
    private static readonly bool Yes = true;

    public static IReadOnlyDictionary<string, Expression<Func<Person, bool>>> All { get; } = Shapes();

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Expression<Func<Person, bool>>> Shapes() => new()
    {
        ["equal"] = p => p.Id == Third,
        ["equal, value first"] = p => Third == p.Id,
        ["equal null"] = p => p.Email == null,
        ["equal a null variable"] = p => p.Email == Missing,
        ["not equal null"] = p => null != p.Email,
        ["not equal keeps null rows"] = p => p.Age != 7,
        ["nullable equal"] = p => p.Age == 7,
        ["greater"] = p => p.Age > 7,
        ["less, value first"] = p => 7 < p.Age,
        ["at least"] = p => p.Age >= 7,
        ["at most"] = p => p.Age <= 7,
        ["not greater keeps null rows"] = p => !(p.Age > 7),
        ["not of a group"] = p => !(p.Age > 7 && p.Active) && !(p.Flag == true || p.Age < 3),
        ["enum"] = p => p.Status == Mood.Away,
        ["enum not"] = p => p.Status != Mood.Away,
        ["bool"] = p => p.Active,
        ["not bool"] = p => !p.Active,
        ["bool equal"] = p => p.Active == Yes,
        ["nullable bool"] = p => p.Flag == true,
        ["nullable bool not"] = p => p.Flag != true,
        ["nullable bool value"] = p => p.Flag.HasValue && p.Flag.Value,
        ["has value"] = p => p.SeenAt.HasValue,
        ["has no value"] = p => !p.SeenAt.HasValue,
        ["time"] = p => p.CreatedAt >= Shifted,
        ["nullable time"] = p => p.SeenAt <= Shifted.AddDays(-9),
        ["value of nullable"] = p => p.SeenAt.HasValue && p.SeenAt.Value > Sample.Noon.AddDays(-9),
        ["in an array"] = p => Ids.Contains(p.Id),
        ["not in an array"] = p => !Ids.Contains(p.Id),
        ["in an empty array"] = p => Array.Empty<Guid>().Contains(p.Id),
        ["in a list with null"] = p => Ages.Contains(p.Age),
        ["in a set of enums"] = p => Moods.Contains(p.Status),
        ["in hostile names"] = p => Sample.Hostile.Contains(p.Name),
        ["list property contains"] = p => p.Roles.Contains("owner"),
        ["lists overlap"] = p => p.Roles.Any(role => Wanted.Contains(role)),
        ["lists do not overlap"] = p => !p.Roles.Any(role => Wanted.Contains(role)),
        ["or"] = p => p.Age == 3 || p.Name == "Ab",
        ["precedence"] = p => (p.Age == 3 || p.Active) && (p.Flag == false || p.Status == Mood.Away),
        ["closed flag decides"] = p => NoList == null || NoList.Contains(p.Id),
        ["closed flag passes on"] = p => Yes && p.Active,
        ["closed constant"] = p => Yes,
        ["backslash"] = p => p.Name.Contains(@"\y", StringComparison.Ordinal),
        ["a letter"] = p => p.Name.Contains('%'),
        ["null-safe text"] = p => p.Email != null && p.Email.Contains("mail1", StringComparison.OrdinalIgnoreCase),
        ["nul letter"] = p => p.Name == "a\0" || p.Name.Contains('\0') || p.Age == 2,
        ["half a pair"] = p => p.Name != "\ud83d",
    };
}
