using System.Text.Json;
using Monolith.Audit.Log;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Json;

namespace Monolith.Audit.Tests.Log;

/// <summary>What a row says in words, and what changed.</summary>
public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("create", "user", 201, "ann created the user ben")]
    [InlineData("delete", "organization", 200, "ann deleted the organization ben")]
    [InlineData("write", "custom_role", 200, "ann changed the role ben")]
    [InlineData("login", "api_key", 201, "ann signed in")]
    [InlineData("login", "api_key", 401, "ann tried to sign in and was refused (401)")]
    [InlineData("create", "organization_member", 200, "ann added ben to the organization acme")]
    [InlineData("delete", "organization_member", 403, "ann tried to remove ben from the organization acme and was refused (403)")]
    [InlineData("write", "workspace_thing", 503, "ann tried to change the workspace thing ben, which failed (503)")]
    public void A_sentence_says_who_did_what(string action, string type, int status, string expected) =>
        Assert.Equal(expected, Sentence(new() { Username = "ann", Action = action, ResourceType = type, Status = status, Target = "ben", OrganizationName = "acme" }));

    [Fact]
    public void A_sum_says_how_often_and_what_was_tried()
    {
        Assert.Equal("Somebody tried to create custom role and was refused (403), 1,200 times", Sentence(new() { Address = "10.0.0.1", Action = "create", Status = 403, Operation = "CreateCustomRole", Occurrences = 1200 }));
        Assert.Equal("Somebody tried to call POST /api/v2/users and was refused (400)", Sentence(new() { Address = "10.0.0.1", Action = "create", Status = 400, Operation = "POST /api/v2/users" }));
        Assert.Equal("The program deleted old rows of the audit log", Sentence(new() { Action = "delete", ResourceType = "audit_log", Status = 200 }));
    }

    [Theory]
    [InlineData("""{"a":1,"b":"x"}""", """{"a":1,"b":"y"}""", """{"b":{"old":"x","new":"y","secret":false}}""")]
    [InlineData(null, """{"a":true,"b":[1],"c":2}""", """{"a":{"old":false,"new":true,"secret":false},"b":{"old":[],"new":[1],"secret":false},"c":{"old":0,"new":2,"secret":false}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":1.0}}""", "{}")]
    [InlineData("""{"password":"old"}""", """{"password":"old"}""", """{"password":{"old":"","new":"","secret":true}}""")]
    public void A_diff_has_the_fields_that_changed_and_no_secret(string? before, string? after, string expected) =>
        Assert.Equal(expected, JsonSerializer.Serialize(AuditDiff.Of(new() { Action = "write", Status = 200, Before = before, After = after }), WireJson.Options));

    [Fact]
    public void A_secret_is_what_its_writer_marks()
    {
        var after = JsonSerializer.Serialize(new { Anything = AuditSecret.Changed }, WireJson.Options);
        var field = Assert.Single(AuditDiff.Of(new() { Action = "write", Status = 200, After = after }));
        Assert.Equal(("anything", true, ""), (field.Key, field.Value.Secret, field.Value.New.GetString()));
    }

    [Fact]
    public void What_was_refused_has_no_diff() => Assert.Empty(AuditDiff.Of(new() { Action = "delete", Status = 403, Before = """{"a":1}""" }));

    private static string Sentence(AuditLogRow row) => AuditSentence.Of(row, AuditDiff.Of(row));
}
