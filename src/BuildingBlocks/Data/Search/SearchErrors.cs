using Monolith.Kernel.Results;

namespace Monolith.Data.Search;

/// <summary>What is wrong with a search query, each thing once.</summary>
public sealed class SearchErrors
{
    // A query of thousands of bad keys must not make an answer of megabytes.
    private const int Most = 100;
    private const int LongestName = 64;

    private readonly List<FieldError> _errors = [];
    private readonly HashSet<FieldError> _seen = [];

    /// <summary>A complaint about a field; the same one again adds nothing.</summary>
    public void Add(string field, string detail)
    {
        var error = new FieldError(field, detail);
        if (_errors.Count < Most && _seen.Add(error))
            _errors.Add(error);
    }

    /// <summary>The failure, or null when nothing is wrong.</summary>
    public Error? ToError(string message) => _errors.Count == 0 ? null : new Error(ErrorKind.BadRequest, message, Validations: _errors);

    /// <summary>Names may be repeated to the client; free text, such as an e-mail address, may not.</summary>
    public static bool MayName(string text) =>
        text.Length is > 0 and <= LongestName && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
