using Monolith.Members.Contracts;

namespace Monolith.Api.Verbs.Demo;

/// <summary>Somebody of the demo who uses AI, as the server knows them.</summary>
internal sealed record DemoUser(DemoProfile Profile, Guid Id, Guid OrganizationId);

/// <summary>Eight weeks of AI use that end now; the same pattern in every run.</summary>
internal sealed class DemoUsage(DateTimeOffset now, int seed)
{
    private static readonly (string Provider, string Model)[] Models =
    [
        ("anthropic", "claude-sonnet-4"), ("anthropic", "claude-sonnet-4"), ("anthropic", "claude-opus-4"), ("openai", "gpt-5"), ("openai", "gpt-5-mini"), ("google", "gemini-2.5-pro"),
    ];

    private static readonly string?[] Clients = ["claude-code", "claude-code", "copilot", "zed", null];

    private readonly Random _random = new(seed);

    public IEnumerable<object> Interceptions(IEnumerable<DemoUser> users)
    {
        foreach (var user in users)
            for (var day = user.Profile.UsesAiFrom ?? DemoUsers.Days; day < End(user); day++)
                if (day == user.Profile.UsesAiFrom || _random.Next(100) < (IsWeekend(day) ? 8 : 55))
                    for (var uses = _random.Next(1, 5); uses > 0; uses--)
                        yield return Interception(user.Id, At(day));
    }

    public IEnumerable<object> Builds(IEnumerable<DemoUser> users)
    {
        foreach (var user in users.Where(user => user.Profile is { RunsTasks: true, UsesAiFrom: not null }))
        {
            var workspace = NewId();
            var number = 1;
            for (var day = user.Profile.UsesAiFrom!.Value; day < End(user); day += _random.Next(3, 12))
            {
                var start = At(day);
                yield return Build(user, workspace, number++, "start", start);
                yield return Build(user, workspace, number++, "stop", start.AddMinutes(_random.Next(10, 90)));
            }
        }
    }

    /// <summary>Most people were here within hours, some within weeks; dormant and suspended ones long ago, a few never.</summary>
    public Dictionary<Guid, DateTimeOffset> LastSeen(IEnumerable<DemoUser> users) => users
        .Where(user => _random.Next(100) < 95 || user.Profile.StoppedDaysAgo is not null)
        .ToDictionary(user => user.Id, user => now.AddMinutes(-(user.Profile.Status switch
        {
            UserStatus.Active when user.Profile.StoppedDaysAgo is { } days => 60 * 24 * days,
            UserStatus.Active when _random.Next(100) < 70 => _random.Next(1, 60 * 24),
            UserStatus.Active => _random.Next(60 * 24, 60 * 24 * 25),
            // Nobody was seen before they came.
            _ => Math.Min(_random.Next(60 * 24 * 91, 60 * 24 * 200), 60 * 24 * (user.Profile.JoinedDaysAgo - 1)),
        })));

    private object Interception(Guid initiator, DateTimeOffset start)
    {
        var (provider, model) = Models[_random.Next(Models.Length)];
        return new
        {
            id = NewId(),
            initiator_id = initiator,
            provider,
            model,
            client = Clients[_random.Next(Clients.Length)],
            started_at = start,
            ended_at = start.AddSeconds(_random.Next(2, 240)),
            metadata = new { request_count = _random.Next(1, 30) },
        };
    }

    private object Build(DemoUser user, Guid workspace, int number, string transition, DateTimeOffset at) => new
    {
        id = NewId(),
        workspace_id = workspace,
        workspace_name = "agent",
        owner_id = user.Id,
        organization_id = user.OrganizationId,
        build_number = number,
        transition,
        has_ai_task = true,
        created_at = at,
    };

    private static int End(DemoUser user) => DemoUsers.Days - (user.Profile.StoppedDaysAgo ?? 0);

    // Working hours; the last day ends now.
    private DateTimeOffset At(int day)
    {
        var time = now.Date.AddDays(day - DemoUsers.Days + 1).AddHours(7).AddSeconds(_random.Next(12 * 3600));
        var at = new DateTimeOffset(time, TimeSpan.Zero);
        return at < now.AddHours(-2) ? at : now.AddHours(-2).AddSeconds(-_random.Next(3600));
    }

    private bool IsWeekend(int day) => now.Date.AddDays(day - DemoUsers.Days + 1).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private Guid NewId()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
