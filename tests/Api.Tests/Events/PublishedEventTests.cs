using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Api.Tests.Entitlements;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;
using Monolith.Members.Contracts;
using Monolith.Roles.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Events;

/// <summary>What happens in a module is published from its contracts.</summary>
public sealed class PublishedEventTests : IAsyncLifetime
{
    private readonly Heard _heard = new();
    private Scenario _s = null!;

    public async Task InitializeAsync() => _s = await Scenario.StartWithAsync(
        services => services.AddSingleton(_heard).AddSlices([typeof(Listener)]), ("Entitlements:CommunityFeatures", "multiple_organizations,custom_roles"));

    public async Task DisposeAsync() => await _s.DisposeAsync();

    [Fact]
    public async Task The_set_up_makes_an_organization_a_user_and_a_membership() =>
        Assert.Equal([new OrganizationCreated(_s.OrganizationId), new UserCreated(_s.OwnerId), new MembershipAdded(_s.OrganizationId, _s.OwnerId)], await _heard.ByAsync(() => Task.CompletedTask));

    [Fact]
    public async Task Users_come_sleep_wake_and_go()
    {
        await _heard.ByAsync(() => Task.CompletedTask);
        var id = Guid.Empty;
        Assert.Equal([new UserCreated(id), new MembershipAdded(_s.OrganizationId, id)], (await _heard.ByAsync(async () => id = await _s.CreateUserAsync("comes"))).Select(one => one switch
        {
            UserCreated made when made.UserId == id => new UserCreated(Guid.Empty),
            MembershipAdded added when added.UserId == id => added with { UserId = Guid.Empty },
            _ => one,
        }));
        Assert.Equal([new UserSuspended(id)], await _heard.ByAsync(() => _s.Owner.PutAsync($"/users/{id}/status/suspend")));
        Assert.Empty(await _heard.ByAsync(() => _s.Owner.PutAsync($"/users/{id}/status/suspend")));
        Assert.Equal([new UserActivated(id)], await _heard.ByAsync(() => _s.Owner.PutAsync($"/users/{id}/status/activate")));
        await _s.Server.SqlAsync($"update members.users set status = 'dormant' where id = '{id}'");
        Assert.Equal([new UserActivated(id)], await _heard.ByAsync(() => _s.SignInAsync("comes@example.com")));
        Assert.Empty(await _heard.ByAsync(() => _s.SignInAsync("comes@example.com")));
        Assert.Equal([new MembershipRemoved(_s.OrganizationId, id), new UserDeleted(id)], await _heard.ByAsync(() => _s.Owner.DeleteAsync($"/users/{id}")));
        Assert.Empty(await _heard.ByAsync(() => _s.Owner.DeleteAsync($"/users/{id}")));
    }

    [Fact]
    public async Task Organizations_and_memberships_come_change_and_go()
    {
        var (one, two) = (await _s.CreateUserAsync("one"), await _s.CreateUserAsync("two"));
        await _heard.ByAsync(() => Task.CompletedTask);
        var id = Guid.Empty;
        var made = await _heard.ByAsync(async () => id = (await _s.Owner.PostAsync("/organizations", new { name = "events" }))["id"]!.GetValue<Guid>());
        Assert.Equal([new OrganizationCreated(id), new MembershipAdded(id, _s.OwnerId)], made);
        Assert.Equal([new MembershipAdded(id, one)], await _heard.ByAsync(() => _s.Owner.PostAsync($"/organizations/{id}/members/{one}")));
        Assert.Equal([new MembershipAdded(id, two)], await _heard.ByAsync(() => _s.Owner.PostAsync($"/organizations/{id}/members", new { user_ids = new[] { two } })));
        Assert.Empty(await _heard.ByAsync(() => _s.Owner.PostAsync($"/organizations/{id}/members/{one}")));

        var changed = Assert.IsType<MemberRolesChanged>(Assert.Single(await _heard.ByAsync(() => SetRolesAsync(id, one, "organization-auditor"))));
        Assert.Equal((id, one, "", "organization-auditor"), (changed.OrganizationId, changed.UserId, string.Join(',', changed.Before), string.Join(',', changed.After)));
        Assert.Empty(await _heard.ByAsync(() => SetRolesAsync(id, one, "organization-auditor")));

        await _s.Owner.PostAsync($"/organizations/{id}/members/roles", new { name = "goes" });
        Assert.Equal([new CustomRoleDeleted(id, "goes")], await _heard.ByAsync(() => _s.Owner.DeleteAsync($"/organizations/{id}/members/roles/goes")));
        Assert.Equal([new MembershipRemoved(id, one)], await _heard.ByAsync(() => _s.Owner.DeleteAsync($"/organizations/{id}/members/{one}")));
        Assert.Empty(await _heard.ByAsync(() => _s.Owner.DeleteAsync($"/organizations/{id}")));
        await _s.Owner.DeleteAsync($"/organizations/{id}/members/{two}");
        await _heard.ByAsync(() => Task.CompletedTask);
        Assert.Equal([new MembershipRemoved(id, _s.OwnerId), new OrganizationDeleted(id)], await _heard.ByAsync(() => _s.Owner.DeleteAsync($"/organizations/{id}")));
    }

    [Fact]
    public async Task Licenses_change()
    {
        await _heard.ByAsync(() => Task.CompletedTask);
        var license = 0;
        Assert.Equal([new LicensesChanged()], await _heard.ByAsync(async () => license = await Licenses.GrantAsync(_s.Owner, 3)));
        Assert.Equal([new LicensesChanged()], await _heard.ByAsync(() => _s.Owner.DeleteAsync($"/licenses/{license}")));
        Assert.Empty(await _heard.ByAsync(() => _s.Owner.DeleteAsync($"/licenses/{license}")));
    }

    [Fact]
    public async Task A_license_that_is_stored_is_answered_with_201_when_the_refresh_fails()
    {
        // What the refresh reads and the upload does not.
        await _s.Server.SqlAsync("revoke select on entitlements.licenses from monolith_entitlements; grant select (id, uuid, uploaded_at, jwt) on entitlements.licenses to monolith_entitlements");
        var answer = await _s.Owner.PostAsync("/licenses", new { license = Licenses.Issue(Licenses.Seats(4)) });
        Assert.Equal(201, answer.Code);

        var failure = Assert.Throws<BorderCrossedException>(() => BorderWatch.Check(_s.Server.Address));
        Assert.Contains("entitlements.licenses", failure.Message, StringComparison.Ordinal);
        await _s.Server.SqlAsync("grant select on entitlements.licenses to monolith_entitlements");
        await Hosting.Eventually.HoldsAsync(async () =>
        {
            while (Record.Exception(() => BorderWatch.Check(_s.Server.Address)) is not null)
            {
            }

            return (await _s.Owner.GetAsync("/entitlements"))["has_license"]!.GetValue<bool>();
        }, "this replica hears of it as the others do");
    }

    private Task<ApiAnswer> SetRolesAsync(Guid organization, Guid user, params string[] roles) =>
        _s.Owner.PutAsync($"/organizations/{organization}/members/{user}/roles", new { roles });

    internal sealed class Heard
    {
        private readonly ConcurrentQueue<IEvent> _events = new();

        public void Add(IEvent happened) => _events.Enqueue(happened);

        /// <summary>What was published since the last call.</summary>
        public async Task<List<IEvent>> ByAsync(Func<Task> act)
        {
            await act();
            var events = _events.ToList();
            _events.Clear();
            return events;
        }
    }

    internal sealed class Listener(Heard heard) :
        IEventHandler<UserCreated>, IEventHandler<UserDeleted>, IEventHandler<UserSuspended>, IEventHandler<UserActivated>, IEventHandler<OrganizationCreated>, IEventHandler<OrganizationDeleted>,
        IEventHandler<MembershipAdded>, IEventHandler<MembershipRemoved>, IEventHandler<MemberRolesChanged>, IEventHandler<CustomRoleDeleted>, IEventHandler<LicensesChanged>
    {
        public Task Handle(UserCreated notification, CancellationToken cancellationToken) => Note(notification);

        public Task Handle(UserDeleted notification, CancellationToken cancellationToken) => Note(notification);

        public Task Handle(UserSuspended notification, CancellationToken cancellationToken) => Note(notification);

        public Task Handle(UserActivated notification, CancellationToken cancellationToken) => Note(notification);

        public Task Handle(OrganizationCreated notification, CancellationToken cancellationToken) => Note(notification);

        public Task Handle(OrganizationDeleted notification, CancellationToken cancellationToken) => Note(notification);

        public Task Handle(MembershipAdded notification, CancellationToken cancellationToken) => Note(notification);

        public Task Handle(MembershipRemoved notification, CancellationToken cancellationToken) => Note(notification);

        public Task Handle(MemberRolesChanged notification, CancellationToken cancellationToken) => Note(notification);

        public Task Handle(CustomRoleDeleted notification, CancellationToken cancellationToken) => Note(notification);

        public Task Handle(LicensesChanged notification, CancellationToken cancellationToken) => Note(notification);

        private Task Note(IEvent happened)
        {
            heard.Add(happened);
            return Task.CompletedTask;
        }
    }
}
