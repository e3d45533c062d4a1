using System.Text;
using System.Text.Json;
using Monolith.Api.Tests.BadInput;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Contract section 2: on every route with a user, a hidden one and one that is not there answer the same bytes.</summary>
[Collection(BadInputGroup.Name)]
public sealed class HiddenUserTests(BadInputServer server)
{
    /// <summary>Bodies that pass validation, by the end of the path: a complaint about the body would hide what is tested.</summary>
    private static readonly Dictionary<string, object> Bodies = new()
    {
        ["profile"] = new { username = "anybody", name = "Any Body" },
        ["password"] = new { password = "Another-Horse-10-Charger", old_password = "x" },
        ["roles"] = new { roles = Array.Empty<string>() },
        ["tokens"] = new { token_name = "any" },
        ["appearance"] = new { theme_preference = "", terminal_font = "fira-code" },
        ["preferences"] = new { task_notification_alert_dismissed = true },
    };

    [Fact]
    public async Task Hidden_and_absent_users_are_one_404_on_every_route()
    {
        var s = server.Scenario;
        var (_, caller) = await s.AddAsync(UserSteps.Unique("caller"));
        var loner = UserSteps.Unique("loner");
        var lonerId = await s.CreateUserAsync(loner);
        Assert.Equal(204, (await s.Owner.DeleteAsync($"/organizations/default/members/{loner}")).Code);
        string[] references = [loner, loner.ToUpperInvariant(), lonerId.ToString("D"), "nobody-at-all", Guid.CreateVersion7().ToString("D"), lonerId.ToString("N")];

        var operations = server.Operations.Where(operation => operation.Path.Contains("{user}", StringComparison.Ordinal)).ToList();
        Assert.True(operations.Count > 20, $"{operations.Count} operations");
        List<string> faults = [];
        foreach (var operation in operations)
        {
            var answers = new List<ApiAnswer>();
            foreach (var reference in references)
                answers.Add(await server.SendAsync(operation.Method, operation.With("default", reference, "default"), BodyOf(operation), caller.Token));
            if (answers.Any(answer => answer.Code != 404 || answer.Text != answers[0].Text)
                || !answers[0].Text.Contains("must be an existing uuid or username", StringComparison.Ordinal))
                faults.Add($"{operation}: {string.Join(" | ", answers.Select(answer => $"{answer.Code} {answer.Text.Trim()}"))}");
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    private static byte[]? BodyOf(Operation operation) => !operation.HasBody
        ? null
        : Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Bodies[operation.Path.Split('/')[^1]]));
}
