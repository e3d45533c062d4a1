using System.IO.Compression;
using System.Text;
using Monolith.Api.Tests.Members;
using Monolith.Testing;

namespace Monolith.Api.Tests.Edges;

/// <summary>What goes out compressed, and what must not.</summary>
public sealed class CompressionTests
{
    [Fact]
    public async Task Reads_are_compressed_and_what_could_be_guessed_from_its_length_is_not()
    {
        await using var s = await Scenario.StartAsync();
        await People.AddAsync(s, 60);
        foreach (var (path, accept) in new[] { ("/api/v2/users?limit=25", "application/json"), ("/api/v2/users?limit=0", "application/json"), ("/api/v2/users", "text/csv"), ("/openapi/v2.json", "application/json") })
        {
            var plain = await SendAsync(s, HttpMethod.Get, path, accept, null);
            Assert.Empty(plain.Encoding);
            foreach (var encoding in (string[])["br", "gzip"])
            {
                var packed = await SendAsync(s, HttpMethod.Get, path, accept, encoding);
                Assert.Equal(encoding, packed.Encoding);
                Assert.Contains("Accept-Encoding", packed.Vary, StringComparison.OrdinalIgnoreCase);
                Assert.True(packed.Body.Length < plain.Body.Length / 2, path);
                // Of a list only the moment at which the caller was last seen differs.
                Assert.Equal(Still(Encoding.UTF8.GetString(plain.Body)), Still(Unpack(packed.Body, encoding)));
            }
        }

        foreach (var site in (string[])["cross-site", "same-site"])
            Assert.Empty((await SendAsync(s, HttpMethod.Get, "/api/v2/users?limit=25", "application/json", "br", site)).Encoding);
        Assert.Equal("br", (await SendAsync(s, HttpMethod.Get, "/api/v2/users?limit=25", "application/json", "br", "same-origin")).Encoding);
        Assert.Empty((await SendAsync(s, HttpMethod.Post, "/api/v2/users/me/keys", "application/json", "br")).Encoding);
    }

    private static string Still(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\d{4}-\d\d-\d\dT[\d:.]+Z", "");

    private static string Unpack(byte[] body, string encoding)
    {
        using var packed = new MemoryStream(body);
        using Stream unpacked = encoding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        using var whole = new MemoryStream();
        unpacked.CopyTo(whole);
        return Encoding.UTF8.GetString(whole.ToArray());
    }

    private static async Task<(string Encoding, string Vary, byte[] Body)> SendAsync(Scenario s, HttpMethod method, string path, string accept, string? encoding, string? site = null)
    {
        using var http = new HttpClient { BaseAddress = s.Server.Address };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Coder-Session-Token", s.Owner.Token);
        request.Headers.Add("Accept", accept);
        if (encoding is not null)
            request.Headers.Add("Accept-Encoding", encoding);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        using var response = await http.SendAsync(request);
        return (string.Join(',', response.Content.Headers.ContentEncoding), string.Join(',', response.Headers.Vary), await response.Content.ReadAsByteArrayAsync());
    }
}
