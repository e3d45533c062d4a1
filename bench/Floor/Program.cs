// The floor: bare Kestrel, one prepared query, the same JSON as a page of members. No authentication, no pipeline, no modules.
using System.Text.Json;
using Npgsql;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(args[0]) { MaxAutoPrepare = 20 }.ConnectionString);
var app = builder.Build();

app.MapGet("/members", async (HttpContext context) =>
{
    await using var connection = await source.OpenConnectionAsync(context.RequestAborted);
    await using var command = new NpgsqlCommand(Floor.MembersSql, connection);
    command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = int.Parse(context.Request.Query["limit"].ToString(), System.Globalization.CultureInfo.InvariantCulture) });
    await command.PrepareAsync(context.RequestAborted);
    await using var reader = await command.ExecuteReaderAsync(context.RequestAborted);
    context.Response.ContentType = "application/json; charset=utf-8";
    await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
    json.WriteStartObject();
    json.WriteStartArray("members");
    long count = 0;
    while (await reader.ReadAsync(context.RequestAborted))
        count = Floor.WriteMember(json, reader);
    json.WriteEndArray();
    json.WriteNumber("count", count);
    json.WriteEndObject();
});
app.Run(args[1]);

internal static class Floor
{
    public static readonly string MembersSql = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "members.sql"));

    public static long WriteMember(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        json.WriteStartObject();
        json.WriteString("user_id", row.GetGuid(0));
        json.WriteString("organization_id", row.GetGuid(1));
        json.WriteString("created_at", row.GetDateTime(2));
        json.WriteString("updated_at", row.GetDateTime(3));
        WriteRoles(json, "roles", row.GetFieldValue<string[]>(4));
        json.WriteString("username", row.GetString(5));
        json.WriteString("name", row.GetString(6));
        json.WriteString("avatar_url", row.GetString(7));
        json.WriteString("email", row.GetString(8));
        WriteRoles(json, "global_roles", row.GetFieldValue<string[]>(9));
        json.WriteBoolean("has_ai_seat", row.GetBoolean(10));
        json.WriteString("last_seen_at", row.GetDateTime(11));
        json.WriteString("user_created_at", row.GetDateTime(12));
        json.WriteString("user_updated_at", row.GetDateTime(13));
        json.WriteString("status", row.GetString(14));
        json.WriteString("login_type", row.GetString(15));
        json.WriteBoolean("is_service_account", row.GetBoolean(16));
        json.WriteEndObject();
        return row.GetInt64(17);
    }

    private static void WriteRoles(Utf8JsonWriter json, string name, string[] roles)
    {
        json.WriteStartArray(name);
        foreach (var role in roles)
        {
            json.WriteStartObject();
            json.WriteString("name", role);
            json.WriteString("display_name", role);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
