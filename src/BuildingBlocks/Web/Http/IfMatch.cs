using Monolith.Kernel.Results;

namespace Monolith.Web.Http;

/// <summary>The <c>If-Match</c> condition of a write (RFC 9110, 13.1.1).</summary>
public static class IfMatch
{
    /// <summary>The 412 of a condition that does not hold.</summary>
    public static Error Stale { get; } =
        new(ErrorKind.PreconditionFailed, "This has been changed by somebody else in the meantime.", "Read it again and repeat the change on what you see.");

    /// <summary>Null when <paramref name="header"/> is absent, is <c>*</c>, or lists the tag in quotes. A weak tag never matches.</summary>
    /// <param name="header">The header as sent.</param>
    /// <param name="entityTag">The tag of what is stored now, without quotes, as given to <see cref="ResponseHeaders.EntityTag"/>.</param>
    public static Error? Check(string? header, string entityTag) =>
        string.IsNullOrWhiteSpace(header)
        || header.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || tag == $"\"{entityTag}\"")
            ? null
            : Stale;
}
