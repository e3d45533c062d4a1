using Monolith.Members.Contracts;
using Monolith.Roles.Contracts;

namespace Monolith.Api.Verbs.Demo;

/// <summary>Somebody of the demo organization.</summary>
/// <param name="JoinedDaysAgo">Before the eight weeks of AI use.</param>
/// <param name="StoppedDaysAgo">Was last here, and last used AI, so many days ago; null for those who still do, or never did.</param>
/// <param name="UsesAiFrom">The day of the eight weeks on which AI use begins; null for those who never use it.</param>
internal sealed record DemoProfile(
    string Username,
    string Name,
    string Status,
    bool IsServiceAccount,
    bool InResearch,
    IReadOnlyList<string> SiteRoles,
    IReadOnlyList<string> OrganizationRoles,
    int JoinedDaysAgo,
    int? UsesAiFrom,
    bool RunsTasks,
    int? StoppedDaysAgo = null)
{
    public string Email => $"{Username}@example.com";

    /// <summary>Has evidence in the end, and counts.</summary>
    public bool HoldsSeat => UsesAiFrom is not null && Status == UserStatus.Active;
}

/// <summary>The people of the demo, the same in every run.</summary>
internal static class DemoUsers
{
    public const int Days = 56;

    /// <summary>When the owner came.</summary>
    public const int FoundedDaysAgo = 500;

    /// <summary>When those who are suspended now were.</summary>
    public const int SuspendedDaysAgo = 5;

    private const int Humans = 191;
    private const int Seed = 20260131;

    private static readonly string[] GivenNames =
    [
        "Ada", "Amara", "Anika", "Bruno", "Carla", "Chen", "Daniela", "David", "Elif", "Emeka", "Erik", "Fatima", "Felix", "Greta", "Hana", "Hugo",
        "Ines", "Ivan", "Jonas", "Jun", "Kavya", "Kofi", "Laila", "Lars", "Leonie", "Lucia", "Mateo", "Mei", "Milan", "Nadia", "Nils", "Noor",
        "Olga", "Omar", "Paula", "Pedro", "Priya", "Ravi", "Rosa", "Samuel", "Sara", "Sofia", "Tariq", "Thandi", "Tomas", "Viktor", "Yara", "Zoe",
    ];

    private static readonly string[] FamilyNames =
    [
        "Abebe", "Almeida", "Andersen", "Bauer", "Becker", "Costa", "Diallo", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Hansen", "Ito",
        "Jansen", "Kaya", "Kim", "Kowalski", "Kumar", "Lopez", "Mensah", "Meyer", "Moreau", "Nakamura", "Novak", "Okafor", "Olsen", "Park",
        "Patel", "Petrov", "Ribeiro", "Rossi", "Sato", "Schmidt", "Silva", "Singh", "Tanaka", "Torres", "Vogel", "Wagner", "Weber", "Yilmaz",
    ];

    private static readonly string[] Robots = ["build-runner", "docs-writer", "code-reviewer", "release-notes", "test-triage", "dependency-bot", "translation-bot", "log-reader"];

    /// <summary>The first of them hold the special roles. Service accounts come last.</summary>
    public static IReadOnlyList<DemoProfile> All()
    {
        var random = new Random(Seed);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var people = new List<DemoProfile>();
        while (people.Count < Humans)
        {
            var (given, family) = (Pick(random, GivenNames), Pick(random, FamilyNames));
            var username = $"{given}-{family}".ToLowerInvariant();
            if (taken.Add(username))
                people.Add(Human(people.Count, username, $"{given} {family}", random));
        }

        return [.. people, .. Robots.Select((name, number) => new DemoProfile(name, "", UserStatus.Active, true, false, [], [], Joined(Humans + number), number < 5 ? 7 * number : null, number < 2))];
    }

    private static DemoProfile Human(int number, string username, string name, Random random)
    {
        var (site, organization) = RolesOf(number);
        var status = number < 20 ? UserStatus.Active : random.Next(100) switch { < 5 => UserStatus.Suspended, < 11 => UserStatus.Dormant, _ => UserStatus.Active };

        // Use spreads: a few pioneers first, most people in the middle weeks, some never.
        int? usesAiFrom = random.Next(100) < 74 ? (int)(Days * 0.9 * (random.NextDouble() + random.NextDouble()) / 2) : null;
        // Some tried it and did not come back: whose seat could be freed.
        var stopped = 32 + (number % 20);
        var stays = number < 20 || number % 3 > 0 || status != UserStatus.Active || usesAiFrom >= Days - stopped;
        return new(username, name, status, false, random.Next(5) == 0, site, organization, Joined(number), usesAiFrom, random.Next(4) == 0, stays || usesAiFrom is null ? null : stopped);
    }

    // One after the other, the last of them some days before the first use of AI.
    private static int Joined(int number) => FoundedDaysAgo - 1 - (number * (FoundedDaysAgo - Days - 10) / (Humans + Robots.Length));

    private static (string[] Site, string[] Organization) RolesOf(int number) => number switch
    {
        0 => ([RoleName.UserAdmin], []),
        1 => ([RoleName.Auditor], []),
        2 => ([RoleName.TemplateAdmin], []),
        3 or 4 => ([], [RoleName.OrganizationAdmin]),
        5 => ([], [RoleName.OrganizationAuditor]),
        6 => ([], [RoleName.OrganizationUserAdmin]),
        7 => ([], [RoleName.OrganizationTemplateAdmin]),
        >= 8 and < 14 => ([], ["release-manager"]),
        >= 14 and < 20 => ([], ["workspace-observer"]),
        _ => ([], []),
    };

    private static string Pick(Random random, string[] names) => names[random.Next(names.Length)];
}
