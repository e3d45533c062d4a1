using Monolith.Data.Specifications;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;

namespace Monolith.Members.Tests.Search;

public sealed class UserSearchTests
{
    [Theory]
    // Rule 1: case does not matter.
    [InlineData("STATUS:Active", "status=active")]
    [InlineData("i Role:Owner STATUS:Active", "search=i status=active role=owner")]
    // Rules 2 and 3: bare words make one term, wherever they stand.
    [InlineData("  a   b ", "search=a b")]
    [InlineData("a status:active b", "search=a b status=active")]
    [InlineData("name:\"Test User 1\" x", "search=x name=test user 1")]
    // Rule 5: empty parts are dropped; quoted colons do not split.
    [InlineData("name::b", "name=b")]
    [InlineData("name:\"a:b\"", "name=a:b")]
    [InlineData("\"a:b\"", "search=\"a:b\"")]
    // Rule 6: quotes of keys and values go, those of free text stay.
    [InlineData("\"name\":\"b\"", "name=b")]
    [InlineData("\"x y\"", "search=\"x y\"")]
    [InlineData("name:\"\"", "")]
    [InlineData("status:\"\"", "")]
    [InlineData("name:\"open end", "name=open end")]
    // Rule 7: lists.
    [InlineData("status:suspended,active", "status=suspended,active")]
    [InlineData("status:\"suspended, active\"", "status=suspended,active")]
    [InlineData("status:dormant,dormant", "status=dormant")]
    [InlineData("login_type:none,github", "login=none,github")]
    [InlineData("login_type:oidc", "login=oidc")]
    // Rule 8: the first counts; an explicit search wins over free text.
    [InlineData("name:a name:b", "name=a")]
    [InlineData("free search:x", "search=x")]
    [InlineData("service_account:true is_service_account:false", "service=True")]
    // Rule 11.
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData(null, "")]
    // Filter suite.
    [InlineData("github_com_user_id:7", "github=7")]
    [InlineData("github_com_user_id:0", "")]
    [InlineData("name:Test search:before1", "search=before1 name=test")]
    [InlineData("nonexistent", "search=nonexistent")]
    [InlineData("role:owner status:active,suspended", "status=active,suspended role=owner")]
    [InlineData("role:OWNER", "role=owner")]
    [InlineData("role:member status:active,suspended", "status=active,suspended")]
    [InlineData("role:member,owner", "role=member,owner")]
    [InlineData("role:no-such-role", "role=no-such-role")]
    [InlineData("status:suspended login_type:none", "status=suspended login=none")]
    [InlineData("is_service_account:true", "service=True")]
    [InlineData("service_account:false", "service=False")]
    [InlineData("has-ai-seat:1", "seat=True")]
    [InlineData("has_ai_seat:F", "seat=False")]
    [InlineData("last_seen_before:\"2023-01-16T00:00:00+12:00\"", "seen<=2023-01-15T12:00:00.0000000+00:00")]
    [InlineData("last_seen_before:\"2023-01-14T23:59:59Z\" last_seen_after:\"2023-01-08t00:00:00z\"", "seen<=2023-01-14T23:59:59.0000000+00:00 seen>=2023-01-08T00:00:00.0000000+00:00")]
    [InlineData("created_after:\"2023-01-01T00:00:00.123456789Z\"", "created>=2023-01-01T00:00:00.1234567+00:00")]
    [InlineData("created_before:\"2023-01-31T23:59:59-00:30\"", "created<=2023-02-01T00:29:59.0000000+00:00")]
    [InlineData("100% o'brien_\\", "search=100% o'brien_\\")]
    public void Understands(string? q, string expected) => Assert.Equal(expected, Describe(UserSearch.Parse(q).Value));

    [Theory]
    [InlineData(":a", "q")]
    [InlineData("a:", "q")]
    [InlineData(":", "q")]
    [InlineData("name::", "q")]
    [InlineData("name:a:b", "q")]
    [InlineData("last_seen_before:2023-01-14T23:59:59Z", "q")]
    [InlineData("foo:1", "foo")]
    [InlineData("Foo:1 bar:2 foo:3", "foo,bar")]
    [InlineData("alice@example.com:1", "q")]
    [InlineData("status:active,bad", "status")]
    [InlineData("status:active,", "status")]
    [InlineData("login_type:password,ldap", "login_type")]
    [InlineData("github_com_user_id:x", "github_com_user_id")]
    [InlineData("github_com_user_id:9223372036854775808", "github_com_user_id")]
    [InlineData("is_service_account:maybe", "is_service_account")]
    [InlineData("service_account:maybe", "service_account")]
    [InlineData("has_ai_seat:yes", "has_ai_seat")]
    [InlineData("created_before:\"2023-02-30T00:00:00Z\"", "created_before")]
    [InlineData("created_before:\"2023-01-01 00:00:00Z\"", "created_before")]
    [InlineData("created_after:2023-01-01", "created_after")]
    [InlineData("last_seen_after:\"0001-01-01T00:00:00+23:59\"", "last_seen_after")]
    [InlineData("last_seen_after:\"2023-01-01T00:00:00+24:00\"", "last_seen_after")]
    [InlineData("last_seen_before:\"9999-12-31T23:59:59-01:00\"", "last_seen_before")]
    [InlineData("last_seen_before:\"0000-01-01T00:00:00Z\"", "last_seen_before")]
    [InlineData("status:bad a: foo:1 created_after:x has-ai-seat:2", "q,foo,status,created_after,has-ai-seat")]
    public void Complains(string q, string fields)
    {
        var error = UserSearch.Parse(q).Error;
        Assert.NotNull(error);
        Assert.Equal(ErrorKind.BadRequest, error.Kind);
        Assert.Contains("invalid user search query", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(fields.Split(','), error.Validations!.Select(complaint => complaint.Field));
    }

    [Fact]
    public void A_bad_list_says_what_may_be_sent_and_repeats_nothing()
    {
        var detail = Assert.Single(UserSearch.Parse("status:active,gone,bob@example.com").Error!.Validations!).Detail;
        Assert.Contains("active, dormant, suspended", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("gone", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_when_only_the_seat_is_asked_for()
    {
        Assert.Equal(SeatGroup.Everybody, UserSearch.Parse("role:member name:\"\" github_com_user_id:0").Value.WholeGroup);
        Assert.Equal(SeatGroup.Everybody, UserFilter.None.WholeGroup);
        Assert.Equal(SeatGroup.Holders, UserSearch.Parse("has-ai-seat:true role:member").Value.WholeGroup);
        Assert.Equal(SeatGroup.Others, UserSearch.Parse("has_ai_seat:false").Value.WholeGroup);
        foreach (var q in new[] { "a", "name:a", "status:active", "role:owner", "login_type:none", "github_com_user_id:1", "service_account:false", "created_after:\"2023-01-01T00:00:00Z\"" })
        {
            Assert.Null(UserSearch.Parse(q).Value.WholeGroup);
            Assert.Null(UserSearch.Parse($"{q} has-ai-seat:true").Value.WholeGroup);
        }
    }

    [Fact]
    public void A_key_of_a_module_above_is_asked_for_its_users()
    {
        var filter = UserSearch.Parse("Team:Red,blue has-ai-seat:true", true, ["team"]).Value;
        var (key, values) = Assert.Single(filter.Asked);
        Assert.Equal("team", key);
        Assert.Equal(["red", "blue"], values);
        Assert.True(filter.HasAiSeat);
        Assert.Null(filter.WholeGroup);
        Assert.Empty(UserSearch.ParseMembers("ann", false, [], ["team"]).Value.User.Asked);
        Assert.Equal("team", Assert.Single(UserSearch.Parse("team:red").Error!.Validations!).Field);
    }

    [Fact]
    public async Task The_users_of_a_key_are_found_in_the_organization_of_the_list()
    {
        var finder = Substitute.For<IUserFinder>();
        var found = new RowSet("select 1", new { });
        finder.FindAsync(null!, Desk.Acme, default).ReturnsForAnyArgs(found);
        var entitlements = Substitute.For<IEntitlements>();
        var search = new UserListSearch(new SeatFeature(entitlements), [new UserFilterKey("team", _ => finder)], Substitute.For<IServiceProvider>(), TimeProvider.System);
        var organization = new OrganizationInfo(Desk.Acme, "acme", "Acme", false, []);
        Assert.Same(found, Assert.Single((await search.MembersAsync("team:red", organization, default)).Value.User.Within));
        Assert.Empty((await search.UsersAsync("red", default)).Value.Within);
        await finder.Received(1).FindAsync(Arg.Is<IReadOnlyList<string>>(values => values.Single() == "red"), Desk.Acme, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Roles_of_an_organization_are_for_its_members_only()
    {
        Assert.Equal("org-role", Assert.Single(UserSearch.Parse("org-role:release-manager").Error!.Validations!).Field);
        Assert.Equal(["release-manager", "auditor"], Held("ORG-Role:Release-Manager,auditor")!.Stored);
        Assert.Null(Held("role:auditor"));
        // Everybody holds a default role; a person or a service account holds the implied one.
        Assert.Null(Held("org-role:release-manager,workspace-access"));
        Assert.Null(Held("org-role:organization-member,organization-service-account"));
        Assert.True(Held("org_role:organization-member") is { OrPeople: true, OrServiceAccounts: false });
        Assert.Null(UserSearch.ParseMembers("org-role:x", false, []).Value.WholeGroup);
        Assert.Equal(SeatGroup.Everybody, UserSearch.ParseMembers("org-role:workspace-access", false, ["workspace-access"]).Value.WholeGroup);

        OrganizationRoleFilter? Held(string q) => UserSearch.ParseMembers(q, false, ["workspace-access"]).Value.Roles;
    }

    private static string Describe(UserFilter filter)
    {
        (string Name, string? Value)[] parts =
        [
            ("search=", filter.SearchTerm),
            ("name=", filter.Name),
            ("status=", Join(filter.Statuses)),
            ("role=", Join(filter.Roles)),
            ("seen<=", filter.LastSeenBefore?.ToString("O")),
            ("seen>=", filter.LastSeenAfter?.ToString("O")),
            ("created<=", filter.CreatedBefore?.ToString("O")),
            ("created>=", filter.CreatedAfter?.ToString("O")),
            ("github=", filter.GithubUserId?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("login=", Join(filter.LoginTypes)),
            ("service=", filter.IsServiceAccount?.ToString()),
            ("seat=", filter.HasAiSeat?.ToString()),
        ];
        return string.Join(' ', parts.Where(part => part.Value is not null).Select(part => part.Name + part.Value));
    }

    private static string? Join(IReadOnlyList<string> values) => values.Count == 0 ? null : string.Join(',', values);
}
