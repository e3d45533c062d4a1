using System.Globalization;

namespace Monolith.Api.Http;

/// <summary>The id of a request: the client's own where it is sound, else a new one. It stands in the answer, in the log and in the audit row.</summary>
internal static class RequestIds
{
    public const string Header = "X-Request-Id";
    private const int MaxLength = 64;

    public static string Choose(HttpRequest request) => request.Headers[Header].ToString() is { Length: > 0 and <= MaxLength } sent && sent.All(IsSound)
        ? sent
        : Guid.CreateVersion7().ToString("D", CultureInfo.InvariantCulture);

    private static bool IsSound(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
