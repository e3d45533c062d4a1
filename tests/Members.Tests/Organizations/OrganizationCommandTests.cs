using Monolith.Kernel.Results;
using Monolith.Members.Contracts;
using Monolith.Members.Organizations;
using Monolith.Roles.Contracts;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Organizations;

/// <summary>Members specification 4.3 to 4.5 (cases 111 to 129), and contract 7.1 on what stands in the way of a deletion.</summary>
public sealed class OrganizationCommandTests
{
    private static readonly OrganizationRow Acme = new()
    {
        Id = Desk.Acme, Name = "acme", DisplayName = "Acme Inc", Description = "Traps", Icon = "/acme.svg", CreatedAt = Desk.Now, UpdatedAt = Desk.Now, DefaultOrgMemberRoles = ["a"],
    };

    private readonly Desk _desk = new();
    private readonly List<IOrganizationContents> _others = [];
    private readonly IOrganizationWriter _organizations = Substitute.For<IOrganizationWriter>();
    private readonly IDefaultRoles _defaults = Substitute.For<IDefaultRoles>();

    public OrganizationCommandTests()
    {
        _organizations.LockAsync(Desk.Acme, default).ReturnsForAnyArgs(Acme);
        _organizations.CountAsync(Desk.Acme, default).ReturnsForAnyArgs(new OrganizationContent(1, 0));
        _organizations.UpdateAsync(null!, default).ReturnsForAnyArgs(call => Wire(call.Arg<OrganizationRow?>() ?? Acme));
        _organizations.InsertAsync(default, "", "", "", "", default)
            .ReturnsForAnyArgs(call => Wire(new OrganizationRow { Id = call.ArgAt<Guid>(0), Name = call.ArgAt<string>(1), DisplayName = call.ArgAt<string>(2) }));
    }

    [Theory]
    [InlineData(null, null, null, "zeta, zeta, , ")]
    [InlineData("", "words", "/z.svg", "zeta, zeta, words, /z.svg")]
    [InlineData("Zeta Ltd", "", "", "zeta, Zeta Ltd, , ")]
    public async Task A_new_organization_has_its_maker_as_a_member(string? displayName, string? description, string? icon, string stored)
    {
        var made = (await CreateAsync(displayName, description, icon)).Value;
        Assert.Equal($"Insert({made.Id}, {stored})", Desk.Calls(_organizations));
        Assert.Equal($"Insert({made.Id}, Ann)", Desk.Calls(_desk.Memberships));
        var entry = Assert.Single(_desk.Audit.Entries);
        Assert.Same(made, entry.After);
        Assert.Equal((made.Id, "zeta", made.Id, 201), (entry.ResourceId, entry.Target, entry.OrganizationId, entry.SuccessStatus));
    }

    [Fact]
    public async Task A_name_that_is_taken_makes_nothing_and_leaves_a_trace()
    {
        _organizations.InsertAsync(default, "", "", "", "", default).ReturnsForAnyArgs((Organization?)null);
        Assert.Equal("409 An organization with this name already exists. [name]", Desk.Said(await CreateAsync(null, null, null)));
        Assert.Empty(_desk.Memberships.ReceivedCalls());
        Assert.Equal("zeta", Assert.Single(_desk.Audit.Entries).Target);
    }

    [Fact]
    public async Task What_is_left_out_stays_and_an_empty_name_changes_nothing()
    {
        Assert.Equal(Acme, await StoredAsync(new(null, null, null, null, null)));
        Assert.Equal(Acme with { Description = "", Icon = "" }, await StoredAsync(new("", "", "", "", null)));
        Assert.Equal(Acme with { Name = "zeta", DisplayName = "Zeta", Description = "Z", Icon = "/z.svg" }, await StoredAsync(new("zeta", "Zeta", "Z", "/z.svg", null)));
        Assert.Equal(["b", "c"], (await StoredAsync(new(null, null, null, null, ["b", "c", "b"]))).DefaultOrgMemberRoles);
        Assert.Empty((await StoredAsync(new(null, null, null, null, []))).DefaultOrgMemberRoles);
    }

    [Fact]
    public async Task A_change_is_noted_with_what_was_before()
    {
        var after = (await UpdateAsync(new("zeta", null, null, null, null))).Value;
        var entry = Assert.Single(_desk.Audit.Entries);
        Assert.Equal((Desk.Acme, "acme", Desk.Acme, 200), (entry.ResourceId, entry.Target, entry.OrganizationId, entry.SuccessStatus));
        Assert.Same(Acme, entry.Before);
        Assert.Same(after, entry.After);
        Assert.Empty(_defaults.ReceivedCalls());
    }

    [Fact]
    public async Task A_taken_name_comes_before_a_bad_default_role()
    {
        var body = new UpdateOrganizationRequest("zeta", null, null, null, ["b"]);
        _organizations.LockAsync(Desk.Acme, default).ReturnsForAnyArgs((OrganizationRow?)null);
        _defaults.CheckAsync(null!, default, null!, null!, default).ReturnsForAnyArgs(Error.BadRequest("No such role."));
        Assert.Equal(Desk.Said(Error.NotFound), Desk.Said(await UpdateAsync(body)));
        Assert.Empty(_desk.Audited);
        _organizations.LockAsync(Desk.Acme, default).ReturnsForAnyArgs(Acme);
        _organizations.UpdateAsync(null!, default).ReturnsForAnyArgs((Organization?)null);
        Assert.Equal("409 An organization with this name already exists. [name]", Desk.Said(await UpdateAsync(body)));
        _organizations.UpdateAsync(null!, default).ReturnsForAnyArgs(Wire(Acme));
        Assert.Equal("400 No such role.", Desk.Said(await UpdateAsync(body)));
        Assert.Equal(2, _desk.Audit.Entries.Count);
        await _defaults.Received(1).CheckAsync(
            _desk.Rights, Desk.Acme, Acme.DefaultOrgMemberRoles, Arg.Is<IReadOnlyCollection<string>>(wanted => wanted.Single() == "b"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task One_that_is_gone_is_not_deleted_again()
    {
        _organizations.LockAsync(Desk.Acme, default).ReturnsForAnyArgs((OrganizationRow?)null);
        Assert.Equal(Desk.Said(Error.NotFound), Desk.Said(await DeleteAsync()));
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task The_default_organization_stays_whatever_it_holds()
    {
        _organizations.LockAsync(Desk.Acme, default).ReturnsForAnyArgs(Acme with { IsDefault = true });
        Assert.Equal("400 The default organization cannot be deleted.", Desk.Said(await DeleteAsync()));
        await KeptAsync();
        await _organizations.DidNotReceiveWithAnyArgs().CountAsync(default, default);
    }

    [Theory]
    [InlineData(2, 0, "It still has 1 other member.")]
    [InlineData(4, 0, "It still has 3 other members.")]
    [InlineData(1, 1, "It still has 1 workspace.")]
    [InlineData(0, 2, "It still has 2 workspaces.")]
    [InlineData(3, 2, "It still has 2 other members and 2 workspaces.")]
    public async Task One_that_is_not_empty_stays(int members, int workspaces, string detail)
    {
        _organizations.CountAsync(Desk.Acme, default).ReturnsForAnyArgs(new OrganizationContent(members, workspaces));
        var refusal = await DeleteAsync();
        Assert.Equal("409 The organization is not empty.", Desk.Said(refusal));
        Assert.Equal(detail, refusal.Error!.Detail);
        await KeptAsync();
    }

    [Theory]
    [InlineData(1, 0, 1, "It still has 1 thing.")]
    [InlineData(2, 2, 3, "It still has 1 other member, 2 workspaces and 3 things.")]
    public async Task What_modules_above_keep_in_it_stands_in_the_way(int members, int workspaces, int things, string detail)
    {
        _organizations.CountAsync(Desk.Acme, default).ReturnsForAnyArgs(new OrganizationContent(members, workspaces));
        var (nothing, other) = (Substitute.For<IOrganizationContents>(), Substitute.For<IOrganizationContents>());
        other.CountAsync(Desk.Acme, default).ReturnsForAnyArgs(new OrganizationPart(things, "thing", "things"));
        _others.AddRange([nothing, other]);
        Assert.Equal(detail, (await DeleteAsync()).Error!.Detail);
        await KeptAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task One_member_goes_with_the_organization(int members)
    {
        _organizations.CountAsync(Desk.Acme, default).ReturnsForAnyArgs(new OrganizationContent(members, 0));
        Assert.Equal("The organization has been deleted.", (await DeleteAsync()).Value.Message);
        Assert.Equal("Lock(Acme)\nCount(Acme)\nDelete(Acme)", Desk.Calls(_organizations));
        Assert.Same(Acme, Assert.Single(_desk.Audit.Entries).Before);
    }

    private async Task KeptAsync()
    {
        await _organizations.DidNotReceiveWithAnyArgs().DeleteAsync(default, default);
        Assert.StartsWith("Delete organization Acme acme in Acme: {", _desk.Audited, StringComparison.Ordinal);
    }

    private static Organization Wire(OrganizationRow row) =>
        new(row.Id, row.Name, row.DisplayName, row.Description, row.Icon, row.IsDefault, row.CreatedAt, row.UpdatedAt, row.DefaultOrgMemberRoles);

    // What the writer was given. Lists of roles that are equal become the same one, so that rows can be compared.
    private async Task<OrganizationRow> StoredAsync(UpdateOrganizationRequest body)
    {
        Assert.True((await UpdateAsync(body)).IsSuccess);
        var stored = Assert.IsType<OrganizationRow>(_organizations.ReceivedCalls().Last(call => call.GetMethodInfo().Name == nameof(IOrganizationWriter.UpdateAsync)).GetArguments()[0]);
        return stored.DefaultOrgMemberRoles.SequenceEqual(Acme.DefaultOrgMemberRoles) ? stored with { DefaultOrgMemberRoles = Acme.DefaultOrgMemberRoles } : stored;
    }

    private Task<Result<Organization>> CreateAsync(string? displayName, string? description, string? icon) =>
        new CreateOrganizationHandler(_organizations, _desk.Memberships, _desk.Caller, _desk.Audit)
            .Handle(new CreateOrganizationCommand(Body<CreateOrganizationRequest>.Of(new CreateOrganizationRequest("zeta", displayName, description, icon))), CancellationToken.None);

    private Task<Result<Organization>> UpdateAsync(UpdateOrganizationRequest body) =>
        new UpdateOrganizationHandler(_organizations, _desk.Organization, _desk.Caller, _defaults, _desk.Audit)
            .Handle(new UpdateOrganizationCommand("acme", Body<UpdateOrganizationRequest>.Of(body)), CancellationToken.None);

    private Task<Result<MessageBody>> DeleteAsync() => new DeleteOrganizationHandler(_organizations, _others, _desk.Organization, _desk.Audit)
        .Handle(new DeleteOrganizationCommand("acme"), CancellationToken.None);
}
