using Monolith.Testing;

namespace Monolith.Client.Tests;

/// <summary>The generated code is what the API document of this server makes.</summary>
public sealed class GeneratedClientTests
{
    private const string Switch = "MONOLITH_WRITE_DOCS";

    [Fact]
    public async Task The_generated_code_is_current()
    {
        await using var server = await MonolithServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var made = await ClientSource.GenerateAsync(await http.GetStringAsync("/openapi/v2-3.0.json"));
        Assert.Contains("EnumMember", made, StringComparison.Ordinal);

        var file = Path.Combine(Repository.Root, "src", "Client", "Generated", "MonolithClient.cs");
        if (Environment.GetEnvironmentVariable(Switch) == "1")
            await File.WriteAllTextAsync(file, made);
        var written = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n");
        var differing = made.Split('\n').Except(written.Split('\n')).Concat(written.Split('\n').Except(made.Split('\n'))).Take(20);
        Assert.True(made == written, $"src/Client/Generated is out of date. Write it anew with {Switch}=1 dotnet test tests/Client.Tests --filter GeneratedClientTests, and look at what changed:\n{string.Join('\n', differing)}");
    }
}
