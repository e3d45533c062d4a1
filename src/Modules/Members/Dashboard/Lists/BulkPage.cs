using Monolith.Members.Directory;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>A page that does one thing to several people, one command each, and says what became of every one.</summary>
public abstract class BulkPage : DashboardPage
{
    private protected const int Most = 100;

    /// <summary>What became of the people; null before the form was sent.</summary>
    private protected List<BulkResults.Outcome>? Outcomes { get; private set; }

    /// <summary>The wire name of what is to be done.</summary>
    private protected string Action => Http.Request.Query["action"].ToString();

    /// <summary>The usernames of the request; text that cannot be one is dropped.</summary>
    private protected IReadOnlyList<string> Usernames =>
        [.. Http.Request.Query["user"].OfType<string>().Where(NameRules.IsName).Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)];

    private protected string ChosenRole => Http.Request.HasFormContentType ? Http.Request.Form["role"].ToString() : "";

    /// <summary>Does it to one after the other; a failure of one does not keep the next from happening.</summary>
    private protected Task ForEachAsync(Func<string, Task<Error?>> act) => ForEachAsync(Usernames, act);

    /// <summary>As <see cref="ForEachAsync(Func{string, Task{Error}})"/>, to some of them.</summary>
    private protected async Task ForEachAsync(IEnumerable<string> usernames, Func<string, Task<Error?>> act)
    {
        var outcomes = new List<BulkResults.Outcome>();
        foreach (var username in usernames)
            outcomes.Add(new(username, await act(username)));
        Outcomes = outcomes;
    }

    /// <summary>The roles with one more or one less; null when nothing changes.</summary>
    private protected IReadOnlyList<string>? Changed(IEnumerable<string> roles)
    {
        var before = roles.ToList();
        var after = Action == "add-role" ? before.Union([ChosenRole]).ToList() : before.Except([ChosenRole]).ToList();
        return after.Count == before.Count ? null : after;
    }

    private protected static Error? ErrorOf<T>(Result<T> result) => result.Error;
}
