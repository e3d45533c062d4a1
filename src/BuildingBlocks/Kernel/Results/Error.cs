namespace Monolith.Kernel.Results;

/// <summary>What kind of failure an <see cref="Error"/> is. The HTTP status follows from it in one place, <c>ErrorWriter</c>.</summary>
public enum ErrorKind
{
    /// <summary>400: the request breaks a rule.</summary>
    BadRequest = 400,

    /// <summary>401: no valid session.</summary>
    Unauthenticated = 401,

    /// <summary>403: the object may be seen, the operation is refused.</summary>
    Forbidden = 403,

    /// <summary>404: absent or hidden; the two are never told apart.</summary>
    NotFound = 404,

    /// <summary>405.</summary>
    MethodNotAllowed = 405,

    /// <summary>409: the name or state is taken.</summary>
    Conflict = 409,

    /// <summary>412: <c>If-Match</c> is stale.</summary>
    PreconditionFailed = 412,

    /// <summary>413: the body is larger than allowed.</summary>
    TooLarge = 413,

    /// <summary>415.</summary>
    UnsupportedMediaType = 415,

    /// <summary>417: the target still owns things.</summary>
    ExpectationFailed = 417,

    /// <summary>429, with <see cref="Error.RetryAfter"/>.</summary>
    TooManyRequests = 429,

    /// <summary>500: a bug or broken infrastructure.</summary>
    Internal = 500,

    /// <summary>503: a dependency is away.</summary>
    Unavailable = 503,
}

/// <summary>One complaint about one input. <paramref name="Field"/> is the JSON or query name; <paramref name="Detail"/> never repeats the value.</summary>
/// <remarks>Wire shape: <c>{"field": "name", "detail": "text"}</c>, contract section 5.</remarks>
public sealed record FieldError(string Field, string Detail);

/// <summary>An expected failure, as a value.</summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Message">Human text, safe to show; never the client's values, SQL, a path or a stack.</param>
/// <param name="Detail">Optional reason.</param>
/// <param name="Validations">Per-field complaints; null or empty when none.</param>
/// <param name="RetryAfter">How long to wait before trying again; answered as whole seconds in <c>Retry-After</c>.</param>
public sealed record Error(
    ErrorKind Kind,
    string Message,
    string? Detail = null,
    IReadOnlyList<FieldError>? Validations = null,
    TimeSpan? RetryAfter = null)
{
    /// <summary>The HTTP status that tells it.</summary>
    public int Status => (int)Kind;

    /// <summary>The one 404 of the API: the same bytes for absent and for hidden.</summary>
    public static Error NotFound { get; } = new(ErrorKind.NotFound, "Resource not found or you do not have access to this resource");

    /// <summary>The 404 of every <c>{user}</c> parameter (contract section 2): the same bytes for absent and for hidden.</summary>
    public static Error UserNotFound { get; } = NotFound with { Detail = "The user parameter must be an existing uuid or username." };

    /// <summary>The generic 403.</summary>
    public static Error Forbidden { get; } = new(ErrorKind.Forbidden, "You don't have permission to do this.");

    /// <summary>A 400 with one sentence.</summary>
    public static Error BadRequest(string message, string? detail = null) => new(ErrorKind.BadRequest, message, detail);

    /// <summary>A 400 that names fields. The message starts with <c>Validation</c>, which clients match on.</summary>
    public static Error Invalid(params IReadOnlyList<FieldError> fields) => new(ErrorKind.BadRequest, "Validation failed.", Validations: fields);

    /// <summary>A 400 about one field.</summary>
    public static Error Invalid(string field, string detail) => Invalid(new FieldError(field, detail));

    /// <summary>A 409; <paramref name="field"/> names what is taken.</summary>
    public static Error Conflict(string message, string? field = null, string? detail = null) =>
        new(ErrorKind.Conflict, message, Validations: field is null ? null : [new FieldError(field, detail ?? message)]);
}
