using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Monolith.Data.Specifications;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Json;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Members.Memberships;
using Monolith.Members.Sessions;
using Monolith.Members.Users;
using Monolith.Roles.Contracts;
using Monolith.Web.Http;

namespace Monolith.Members.Tests;

/// <summary>What a command works with, in memory. Ann asks; the route names Ben and the organization acme. She may do nothing until she is allowed to.</summary>
internal sealed class Desk
{
    public static readonly DateTimeOffset Now = new(2026, 4, 20, 9, 0, 0, TimeSpan.Zero);
    public static readonly Guid Ann = new("00000000-0000-0000-0000-00000000000a");
    public static readonly Guid Ben = new("00000000-0000-0000-0000-00000000000b");
    public static readonly Guid Acme = new("00000000-0000-0000-0000-0000000000ac");

    private readonly IRoleNames _names = Substitute.For<IRoleNames>();

    public Desk()
    {
        Caller.IsAuthenticated.Returns(true);
        Caller.UserId.Returns(Ann);
        Caller.KeyId.Returns("key-of-ann");
        Caller.Subject.Returns(Rights);
        Audit = new AuditTrail(Caller, Clock, new RefusalCounts(Clock), Substitute.For<IAuditWriter>());
        _names.Site(null!).ReturnsForAnyArgs([]);
        _names.Organization(default, null!, null).ReturnsForAnyArgs(call => [.. call.Arg<IEnumerable<string>>().Select(role => new SlimRole(role, ""))]);
        Account = new LockedAccount(Target.Value, new AccountRow { Status = "active", PasswordHash = "hash of Old-Horse-9-Battery" }, Rights, false, false, false);
        Guard.LockAsync(default, default).ReturnsForAnyArgs(_ => Account);
        Users.InsertAsync(null!, default).ReturnsForAnyArgs((Error?)null).AndDoes(call => Remember(call.Arg<NewUser?>()));
    }

    public Rights Rights { get; } = new(Ann);

    public ICaller Caller { get; } = Substitute.For<ICaller>();

    public FakeTimeProvider Clock { get; } = new(Now);

    public AuditTrail Audit { get; }

    public IDispatcher Events { get; } = Substitute.For<IDispatcher>();

    public CurrentUser Target { get; } = new() { Value = new UserInfo(Ben, "ben", "password", false, false, false) };

    public CurrentOrganization Organization { get; } = new() { Value = new OrganizationInfo(Acme, "acme", "Acme Inc", false, ["organization-workspace-access"]) };

    /// <summary>What the guard answers.</summary>
    public Result<LockedAccount> Account { get; set; }

    public IAccountGuard Guard { get; } = Substitute.For<IAccountGuard>();

    public IUserWriter Users { get; } = Substitute.For<IUserWriter>();

    public IMembershipWriter Memberships { get; } = Substitute.For<IMembershipWriter>();

    public IRoleAssignment Assignment { get; } = Substitute.For<IRoleAssignment>();

    public IPasswordTries Tries { get; } = Substitute.For<IPasswordTries>();

    public SessionSettings Settings { get; } = new();

    public PasswordCheck Passwords => new(new PlainHasher(), Settings);

    public ResponseHeaders Notes { get; } = new();

    /// <summary>Ben, and whom a command adds.</summary>
    public List<UserRow> Stored { get; } = [Rows.User(Ben, "ben", Acme)];

    public UserResponses Answers => new(new InMemoryReadStore<UserRow>(UserMap.Table, Stored), Seats, _names, Notes);

    public MemberResponses MemberAnswers => new(Seats, _names, Notes);

    public MembershipRules Rules => new(Caller, Assignment);

    private AiSeatEnrichment Seats => new(new SeatFeature(Substitute.For<IEntitlements>()), Substitute.For<IAiSeats>(), Notes, NullLogger<AiSeatEnrichment>.Instance);

    /// <summary>The audit entries, a line each: what, on whom, before and after, the status of success, and by whom when it is told.</summary>
    public string Audited => string.Join('\n', Audit.Entries.Select(entry => Names(
        $"{entry.Action} {entry.ResourceType} {entry.ResourceId} {entry.Target}{Place(entry)}: {Json(entry.Before)} -> {Json(entry.After)}, {entry.SuccessStatus}{(entry.ActorId is { } actor ? $" by {actor}" : "")}")));

    /// <summary>Changes the locked account.</summary>
    public void Is(Func<LockedAccount, LockedAccount> change) => Account = change(Account.Value);

    /// <summary>The calls that a substitute got, by name and arguments.</summary>
    public static string Calls(object substitute) => string.Join('\n', substitute.ReceivedCalls().Select(call => Names(
        $"{call.GetMethodInfo().Name.Replace("Async", "", StringComparison.Ordinal)}({string.Join(", ", call.GetArguments().Where(one => one is not CancellationToken).Select(one => one is string text ? text : Json(one)))})")));

    /// <summary>"ok", or the status and the words of a refusal with the fields that it blames.</summary>
    public static string Said<T>(Result<T> result) => result.Error is not { } error
        ? "ok"
        : $"{error.Status} {error.Message}{(error.Validations is { } fields ? $" [{string.Join(", ", fields.Select(one => one.Field))}]" : "")}";

    /// <summary>What a command says when it is refused like that.</summary>
    public static string Said(Error error) => Said(Result<Unit>.Fail(error));

    private void Remember(NewUser? user)
    {
        if (user is not null)
            Stored.Add(Rows.User(user.Id, user.Username, Acme));
    }

    private static string Place(AuditEntry entry) => entry.OrganizationId is { } place ? $" in {place}" : "";

    private static string Json(object? value) => value is null ? "nothing" : JsonSerializer.Serialize(value, value.GetType(), WireJson.Options).Replace("\"", "", StringComparison.Ordinal);

    private static string Names(string text) => text
        .Replace(Ann.ToString(), "Ann", StringComparison.Ordinal).Replace(Ben.ToString(), "Ben", StringComparison.Ordinal).Replace(Acme.ToString(), "Acme", StringComparison.Ordinal);

    private sealed class PlainHasher : IPasswordHasher<PasswordOwner>
    {
        public string HashPassword(PasswordOwner user, string password) => "hash of " + password;

        public PasswordVerificationResult VerifyHashedPassword(PasswordOwner user, string hashedPassword, string providedPassword) =>
            hashedPassword == "hash of " + providedPassword ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed;
    }
}

/// <summary>Somebody who may do what a test allows, and nothing else.</summary>
internal sealed class Rights(Guid userId) : Subject
{
    private readonly HashSet<(PermissionAction Action, ResourceObject Target)> _allowed = [];

    public override Guid UserId => userId;

    public void Allow(PermissionAction action, ResourceObject target) => _allowed.Add((action, target));

    /// <summary>On the user whom the route names.</summary>
    public void AllowOnBen(params PermissionAction[] actions)
    {
        foreach (var action in actions)
            Allow(action, ResourceObject.User(Desk.Ben));
    }

    public override bool Can(PermissionAction action, in ResourceObject target) => _allowed.Contains((action, target));

    public override VisibleRows Visible(PermissionAction action, ResourceType type) => throw new NotSupportedException();
}
