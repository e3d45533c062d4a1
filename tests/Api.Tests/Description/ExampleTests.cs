using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Testing;

namespace Monolith.Api.Tests.Description;

/// <summary>Every operation of the API document was carried out, and its example is what was sent and answered.</summary>
public sealed class ExampleTests
{
    private const string Switch = "MONOLITH_WRITE_DOCS";

    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_examples_are_what_a_server_answers_and_no_operation_is_without()
    {
        var recorder = new ExampleRecorder();
        await ExampleWalk.BeginAsync(recorder);
        // Entitlements were read at the start, and are read again a minute later at the earliest.
        var clock = new LaterClock();
        await using var scenario = await Scenario.StartWithAsync(services => services.AddSingleton<TimeProvider>(clock),
            // Nobody is there: what an invitation says stays where it waits.
            ("Notifications:Smtp:Host", "mail.example.invalid"), ("Notifications:Smtp:From", "monolith@example.com"));
        clock.Later = TimeSpan.FromMinutes(2);
        await new ExampleWalk(scenario, recorder).TakeAsync();

        using var http = new HttpClient { BaseAddress = scenario.Server.Address };
        var document = JsonNode.Parse(await http.GetStringAsync("/openapi/v2.json"))!;
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(one => one.Value!["operationId"]!.GetValue<string>()).Order(StringComparer.Ordinal).ToList();
        Assert.True(operations.Count > 70, $"{operations.Count} operations");
        Assert.Equal(operations, recorder.Examples.Keys);

        var text = new JsonObject(recorder.Examples.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))).ToJsonString(Form).ReplaceLineEndings("\n") + "\n";
        var file = Path.Combine(Root(), "src", "Api", "Description", "examples.json");
        if (Environment.GetEnvironmentVariable(Switch) == "1")
            await File.WriteAllTextAsync(file, text);
        var written = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n");
        var differing = text.Split('\n').Except(written.Split('\n')).Concat(written.Split('\n').Except(text.Split('\n'))).Take(20);
        Assert.True(text == written, $"src/Api/Description/examples.json is out of date. Write it anew with {Switch}=1 dotnet test tests/Api.Tests --filter ExampleTests, and look at what changed:\n{string.Join('\n', differing)}");
    }

    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Later;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Later.TotalSeconds * TimestampFrequency);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Monolith.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
