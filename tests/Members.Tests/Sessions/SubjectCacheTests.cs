using Monolith.Kernel.Authorization;
using Monolith.Members.Sessions;

namespace Monolith.Members.Tests.Sessions;

public sealed class SubjectCacheTests
{
    private static readonly SubjectRights Rights = new(Desk.Ben, "active", false, ["auditor"], "[1]", "[2]", ["coder:all"], ["*:*"]);

    public static TheoryData<string> Changes => [.. Changed.Keys];

    private static Dictionary<string, SubjectRights> Changed => new()
    {
        ["user"] = Rights with { UserId = Guid.AllBitsSet },
        ["status"] = Rights with { Status = "dormant" },
        ["kind"] = Rights with { IsServiceAccount = true },
        ["site roles"] = Rights with { SiteRoles = ["auditor", "owner"] },
        ["memberships"] = Rights with { Memberships = "[]" },
        ["no memberships"] = Rights with { Memberships = null },
        ["custom roles"] = Rights with { CustomRoles = "[3]" },
        ["scopes"] = Rights with { Scopes = [] },
        ["allow list"] = Rights with { AllowList = ["user:*"] },
    };

    private readonly Subject _subject = Substitute.For<Subject>();

    private KnownSession Known => new(Rights, _subject, [1], "ben", NamesRoles: false);

    [Fact]
    public void A_subject_serves_again_while_nothing_of_its_rights_changes()
    {
        var cache = new SubjectCache();
        Assert.Null(cache.Find("key", Rights));
        cache.Keep("key", Known);
        Assert.Same(_subject, cache.Find("key", Rights with { SiteRoles = ["auditor"], Scopes = ["coder:all"], AllowList = ["*:*"] })!.Subject);
        Assert.Null(cache.Find("other", Rights));
    }

    [Theory, MemberData(nameof(Changes))]
    public void Any_change_needs_another_subject(string change)
    {
        var cache = new SubjectCache();
        cache.Keep("key", Known);
        Assert.Null(cache.Find("key", Changed[change]));
    }

    [Fact]
    public void It_holds_so_many_and_no_more()
    {
        var cache = new SubjectCache(capacity: 2);
        foreach (var key in new[] { "a", "b", "c" })
            cache.Keep(key, Known);
        Assert.Equal(1, cache.Count);
        Assert.NotNull(cache.Find("c", Rights));
    }
}
