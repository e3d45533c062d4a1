using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Users;

/// <summary>Tells the Roles module what the subject of any user is made of.</summary>
internal sealed class SubjectDirectory(Db<MembersModule> db, UserResolver users) : ISubjectDirectory
{
    public async ValueTask<SubjectRecord?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(reference, cancellationToken) is not { Deleted: false } user
            || await db.SingleOrDefaultAsync<UserSubjectRow>(Sql, new { id = user.Id }, cancellationToken) is not { } row)
            return null;
        return new SubjectRecord(row.ToFacts(["coder:all"]), row.Status == UserStatus.Suspended);
    }

    private sealed class UserSubjectRow : SubjectRow;

    private const string Sql =
        $"""
        select
        {SubjectRow.Columns}
        from members.users u
        where u.id = @id and not u.deleted
        """;
}
