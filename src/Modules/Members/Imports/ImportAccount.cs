using System.ComponentModel.DataAnnotations;
using Monolith.Members.Contracts;

namespace Monolith.Members.Imports;

/// <summary>A short file as one JSON body: from 1 to 1000 accounts.</summary>
internal sealed record ImportAccounts([property: Required] IReadOnlyList<ImportAccount?>? Accounts);

/// <summary>One account of a file, as JSON. Of <paramref name="Status"/> and <paramref name="UserStatus"/>, and of the two names of a service account, the first counts.</summary>
/// <param name="Email">Names the account; none for service accounts.</param>
/// <param name="Username">Made of the e-mail address when it is left out.</param>
/// <param name="Name">What people read.</param>
/// <param name="Password">Left out: it is set later.</param>
/// <param name="LoginType">password when it is left out.</param>
/// <param name="Status">dormant when it is left out.</param>
/// <param name="UserStatus">The same, as in <c>POST /users</c>.</param>
/// <param name="Organizations">Names; the default organization when there is none.</param>
/// <param name="Roles">Names of roles.</param>
/// <param name="ServiceAccount">For a program.</param>
/// <param name="IsServiceAccount">The same, as lists of users say it.</param>
internal sealed record ImportAccount(
    string? Email = null,
    string? Username = null,
    string? Name = null,
    string? Password = null,
    [property: OneOf(typeof(LoginType))] string? LoginType = null,
    [property: OneOf(typeof(UserStatus))] string? Status = null,
    [property: OneOf(typeof(UserStatus))] string? UserStatus = null,
    IReadOnlyList<string>? Organizations = null,
    IReadOnlyList<string>? Roles = null,
    bool? ServiceAccount = null,
    bool? IsServiceAccount = null)
{
    public ImportRow ToRow(int number) => new(
        number, Email, Username, Name, Password, LoginType, Status ?? UserStatus,
        Organizations ?? [], Roles ?? [], ServiceAccount ?? IsServiceAccount ?? false);

    public static ImportRow Unreadable(int number) => ImportRow.Unreadable(number, "", "Must be a JSON object with the members of an account.");
}

/// <summary>The accounts of one JSON body.</summary>
internal sealed class ListRows(IReadOnlyList<ImportAccount?> accounts) : IImportRows
{
    private int _number;

    public Task<Result<IReadOnlyList<ImportRow>>> NextAsync(int most, CancellationToken cancellationToken)
    {
        var batch = new List<ImportRow>();
        while (_number < accounts.Count && !ImportLimits.IsFull(batch, most))
        {
            var account = accounts[_number++];
            batch.Add(account?.ToRow(_number) ?? ImportAccount.Unreadable(_number));
        }

        return Task.FromResult<Result<IReadOnlyList<ImportRow>>>(batch);
    }
}
