using System.Globalization;
using System.Text.Json;

namespace Monolith.Client;

/// <summary>The deployment refused a request, or answered something that this client does not understand.</summary>
public sealed class MonolithException : Exception
{
    /// <summary>Reads what the answer says; the generated code and the lists of this package make it.</summary>
    /// <param name="message">What to say when the answer has no message of its own.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="response">The body of the answer; null when there was none.</param>
    /// <param name="headers">The headers of the answer, by name.</param>
    /// <param name="innerException">What went wrong while the answer was read; null when it was read.</param>
    public MonolithException(string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, Exception? innerException)
        : this(Read(response) ?? new ErrorBody { Message = message }, statusCode, headers, innerException)
    {
    }

    private MonolithException(ErrorBody error, int statusCode, IReadOnlyDictionary<string, IEnumerable<string>> headers, Exception? innerException)
        : base(error.Message, innerException)
    {
        StatusCode = statusCode;
        Detail = error.Detail;
        Validations = error.Validations ?? [];
        RequestId = headers.Where(header => header.Key.Equals("X-Request-Id", StringComparison.OrdinalIgnoreCase)).SelectMany(header => header.Value).FirstOrDefault();
    }

    /// <summary>The HTTP status, such as 403.</summary>
    public int StatusCode { get; }

    /// <summary>The reason beside the message; null when the deployment gave none.</summary>
    public string? Detail { get; }

    /// <summary>What is wrong with which member; empty when the refusal is about none.</summary>
    public IReadOnlyList<FieldError> Validations { get; }

    /// <summary>The number of the request in the log of the deployment; null when something in between answered.</summary>
    public string? RequestId { get; }

    /// <inheritdoc />
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{StatusCode}: {Message} {Detail} {string.Join("; ", Validations.Select(one => $"{one.Field}: {one.Detail}"))}").TrimEnd() + Environment.NewLine + base.ToString();

    // A proxy in between answers with pages, not with JSON.
    private static ErrorBody? Read(string? response)
    {
        try
        {
            return string.IsNullOrWhiteSpace(response) ? null : JsonSerializer.Deserialize<ErrorBody>(response);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
