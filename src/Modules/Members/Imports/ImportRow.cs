using Monolith.Members.Users;

namespace Monolith.Members.Imports;

/// <summary>A row of a file as it was sent. Where <paramref name="Fault"/> is set, nothing of it could be read.</summary>
/// <param name="Number">From 1, blank rows not counted.</param>
/// <param name="Email">Names the account; none for service accounts.</param>
/// <param name="Username">Made of the e-mail address when it is left out.</param>
/// <param name="Name">What people read.</param>
/// <param name="Password">None: it is set later.</param>
/// <param name="LoginType">As in <c>POST /users</c>.</param>
/// <param name="Status">dormant when empty.</param>
/// <param name="Organizations">Names; the default organization when there is none.</param>
/// <param name="Roles">Names of roles: of the deployment, or of the organization that is imported into.</param>
/// <param name="ServiceAccount">For a program.</param>
/// <param name="Fault">Why the row is no row.</param>
internal sealed record ImportRow(
    int Number,
    string? Email,
    string? Username,
    string? Name,
    string? Password,
    string? LoginType,
    string? Status,
    IReadOnlyList<string> Organizations,
    IReadOnlyList<string> Roles,
    bool ServiceAccount,
    FieldError? Fault = null)
{
    private const int LongestName = 32;

    public bool HasPassword => !string.IsNullOrEmpty(Password);

    public static ImportRow Unreadable(int number, string field, string detail) => new(number, null, null, null, null, null, null, [], [], false, new FieldError(field, detail));

    /// <summary>The account that the row asks for, as <c>POST /users</c> would be asked. Somebody without a password sets one later, where people have passwords.</summary>
    public CreateUserRequest ToAccount(bool passwordsAreDisabled, IReadOnlyList<string> siteRoles) => new(
        ServiceAccount ? Email : Email ?? "",
        string.IsNullOrEmpty(Username) && !ServiceAccount ? FromEmail(Email ?? "") : Username,
        Name,
        Password,
        ServiceAccount || !string.IsNullOrEmpty(LoginType) || HasPassword ? LoginType : passwordsAreDisabled ? Contracts.LoginType.None : Contracts.LoginType.Password,
        Status,
        null,
        ServiceAccount,
        Roles: siteRoles);

    private static string FromEmail(string email)
    {
        var local = email.Split('@')[0];
        var words = new string([.. local.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var name = string.Join('-', words);
        return name.Length <= LongestName ? name : name[..LongestName].TrimEnd('-');
    }
}

/// <summary>What became of a row, or would.</summary>
internal enum ImportOutcome
{
    /// <summary>A new account.</summary>
    Created,

    /// <summary>An account that was there joined the organization.</summary>
    Added,

    /// <summary>It was as the row wants it; nothing of it was changed.</summary>
    Unchanged,

    /// <summary>Nothing happened; the errors say why.</summary>
    Failed,
}

/// <summary>One line of the answer. An e-mail address is never part of it.</summary>
internal sealed record ImportRowResult(int Row, ImportOutcome Outcome, string? Username = null, Guid? Id = null, IReadOnlyList<FieldError>? Errors = null)
{
    public static ImportRowResult Failed(ImportRow row, params IReadOnlyList<FieldError> errors) => new(row.Number, ImportOutcome.Failed, null, null, errors);

    public static ImportRowResult Failed(ImportRow row, Error error) =>
        Failed(row, error.Validations is { Count: > 0 } fields ? fields : [new FieldError("", error.Message)]);
}

/// <summary>Rows of a file, a batch at a time; no more than one batch is held.</summary>
internal interface IImportRows
{
    /// <summary>Up to <paramref name="most"/> rows; fewer where passwords must be hashed, none at the end. 400 when the file as a whole cannot be read on.</summary>
    Task<Result<IReadOnlyList<ImportRow>>> NextAsync(int most, CancellationToken cancellationToken);
}

internal static class ImportLimits
{
    public const int MostRows = 100_000;

    /// <summary>A row, and what may come without one.</summary>
    public const int LongestRow = 1 << 20;

    /// <summary>Each costs as much as a thousand rows without.</summary>
    public const int MostPasswordsOfBatch = 10;

    public static Error Idle { get; } = Error.BadRequest("The file cannot be read.", "1 MiB came without a row.");

    public static bool IsFull(List<ImportRow> batch, int most) => batch.Count >= most || batch.Count(row => row.HasPassword) >= MostPasswordsOfBatch;
}
