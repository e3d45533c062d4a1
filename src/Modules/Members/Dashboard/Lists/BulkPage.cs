using Monolith.Members.Directory;
using Monolith.Members.Memberships;
using Monolith.Members.Users;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>
/// A page that does one thing to several people, one command each, and says what became of every one. They are those who are named in the address, or, with
/// <c>all</c>, everybody whom its <c>filter</c> finds at the moment of the action.
/// </summary>
public abstract class BulkPage : DashboardPage
{
    private protected const int Most = 100;

    /// <summary>The field that holds how many matched when the form was shown.</summary>
    private protected const string Matching = "matching";

    /// <summary>More than this many are not taken at once: a request has to end.</summary>
    internal const int MostMatching = 10_000;

    /// <summary>What became of the people; null before the form was sent.</summary>
    private protected List<BulkResults.Outcome>? Outcomes { get; set; }

    /// <summary>How far it is; null before the form was sent.</summary>
    private protected BulkRun? Run { get; private set; }

    /// <summary>As <see cref="Run"/>, to be shown.</summary>
    private protected BulkProgress.Stand? Far => Run is null ? null : new(Run.Next, Run.Names.Count, Run.Fields.Concat(Kept));

    /// <summary>The form goes on with what it began: who is concerned is known.</summary>
    private protected bool IsGoingOn => BulkRun.IsIn(Http.Request);

    /// <summary>What a form that goes on takes along.</summary>
    private protected virtual IEnumerable<KeyValuePair<string, string>> Kept => [new("role", ChosenRole)];

    /// <summary>Whoever is known about those who are concerned; with <c>all</c> everybody who matches.</summary>
    private protected IReadOnlyList<BulkUser> People { get; set; } = [];

    /// <summary>The wire name of what is to be done.</summary>
    private protected string Action => Http.Request.Query["action"].ToString();

    /// <summary>Everybody who matches, and not those who are named.</summary>
    private protected bool IsAll => Http.Request.Query["all"].ToString().Length > 0;

    /// <summary>The search of the list; null for everybody.</summary>
    private protected string? Filter => Http.Request.Query["filter"].ToString() is { Length: > 0 } filter ? filter : null;

    /// <summary>Whether more match than are taken at once.</summary>
    private protected bool IsTooMany => IsAll && People.Count > MostMatching;

    /// <summary>The usernames concerned; text that cannot be one is dropped.</summary>
    private protected IReadOnlyList<string> Usernames => IsAll
        ? [.. People.Select(person => person.Username)]
        : [.. Http.Request.Query["user"].OfType<string>().Where(NameRules.IsName).Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)];

    private protected string ChosenRole => Http.Request.HasFormContentType ? Http.Request.Form["role"].ToString() : "";

    /// <summary>
    /// Does it to one after the other, as many as a request takes; a failure of one does not keep the next from happening. Those who are left stand in <see cref="Run"/>.
    /// </summary>
    private protected Task ForEachAsync(Func<string, Task<Error?>> act) => ForEachAsync(IsTooMany ? [] : Usernames, act);

    /// <summary>As <see cref="ForEachAsync(Func{string, Task{Error}})"/>, to some of them.</summary>
    private protected async Task ForEachAsync(IEnumerable<string> usernames, Func<string, Task<Error?>> act)
    {
        // Whoever confirmed "everybody who matches" has seen a number.
        var run = BulkRun.Read(Http.Request);
        if (run is null && IsAll && Http.Request.Form[Matching].ToString() != $"{People.Count}")
        {
            Refuse(Error.Conflict(Texts.MatchingChanged));
            return;
        }

        run ??= Begin([.. usernames]);
        var isStopped = Http.Request.Form[BulkRun.Step] == BulkRun.Stop;
        for (var left = isStopped ? 0 : BulkRun.AtOnce; left > 0 && !run.IsOver; left--)
            run.Take(await act(run.Names[run.Next]) is { } error ? $"{error.Message} {error.Detail}".TrimEnd() : null);
        Run = run;
        if (isStopped || run.IsOver)
            Outcomes = run.Outcomes;
    }

    /// <summary>Puts one into another status.</summary>
    private protected async Task<Error?> ChangeStatusAsync(string user, string status) =>
        ErrorOf(await Dispatcher.SendAsync(new ChangeUserStatusCommand(user, status), Http.RequestAborted));

    /// <summary>How those were whom the action has put into another status; null for none.</summary>
    private protected string? Before(string status)
    {
        var changed = Run?.Before(status) ?? [];
        return changed.Count == 0 ? null : StatusUndo.Write(changed);
    }

    /// <summary>Users who are named in the address; whoever is gone or hidden is left out.</summary>
    private protected async Task ReadNamedUsersAsync() => People = [.. (await LoadAsync(new ListNamedUsersQuery(Usernames)) ?? []).Select(BulkUser.Of)];

    /// <summary>Users whom a filter finds, page by page; a refused filter fails the page.</summary>
    private protected Task ReadUsersAsync(string? filter) => ReadAsync(async page =>
    {
        var list = await Dispatcher.SendAsync(new ListUsersQuery(NameSearch.Of(filter), page, OrderRequest.Default), Http.RequestAborted);
        return list.IsSuccess ? await PeopleAsync(list.Value, BulkUser.Of) : list.Error;
    });

    /// <summary>As <see cref="ReadUsersAsync"/>, of the members of an organization.</summary>
    private protected Task ReadMembersAsync(string organization, string? filter) => ReadAsync(async page =>
    {
        var list = await Dispatcher.SendAsync(new ListMembersPageQuery(organization, NameSearch.Of(filter), page, OrderRequest.Default), Http.RequestAborted);
        return list.IsSuccess ? await PeopleAsync(list.Value, BulkUser.Of) : list.Error;
    });

    /// <summary>The roles with one more or one less; null when nothing changes.</summary>
    private protected IReadOnlyList<string>? Changed(IEnumerable<string> roles)
    {
        var before = roles.ToList();
        var after = Action == "add-role" ? before.Union([ChosenRole]).ToList() : before.Except([ChosenRole]).ToList();
        return after.Count == before.Count ? null : after;
    }

    // How those were who are known; nothing is put back for anybody else.
    private BulkRun Begin(IReadOnlyList<string> names)
    {
        if (People.Count == 0)
            return new(names, []);
        var known = People.DistinctBy(person => person.Username, StringComparer.OrdinalIgnoreCase).ToDictionary(person => person.Username, StringComparer.OrdinalIgnoreCase);
        return new(names, [.. names.Select(name => known.GetValueOrDefault(name) ?? new BulkUser(Guid.Empty, name, "", false))]);
    }

    private protected static Error? ErrorOf<T>(Result<T> result) => result.Error;

    private async Task<Result<Page<BulkUser>>> PeopleAsync<T>(ListResult<T> list, Func<T, BulkUser> person)
    {
        var page = await list.ToPageAsync(Http.RequestAborted);
        return new Page<BulkUser>([.. page.Rows.Select(person)], null, page.Next);
    }

    // By cursor: somebody who no longer matches takes nobody else along.
    private async Task ReadAsync(Func<PageRequest, Task<Result<Page<BulkUser>>>> read)
    {
        var found = new List<BulkUser>();
        Guid? after = null;
        do
        {
            var page = await read(new PageRequest(new PageWindow(Most, 0, after, IsCounted: false), ListScope.Page, []));
            if (!page.IsSuccess)
            {
                Fail(page.Error);
                return;
            }

            found.AddRange(page.Value.Rows);
            after = page.Value.Next?.AfterId;
        }
        while (after is not null && found.Count <= MostMatching);
        People = found;
    }
}

/// <summary>Somebody whom an action concerns.</summary>
internal sealed record BulkUser(Guid Id, string Username, string Status, bool HasSeat)
{
    public static BulkUser Of(User user) => new(user.Id, user.Username, user.Status, user.HasAiSeat);

    public static BulkUser Of(OrganizationMemberWithUserData member) => new(member.UserId, member.Username, member.Status, member.HasAiSeat);
}
