using Monolith.Kernel.Privacy;

namespace Monolith.Members.Privacy;

/// <summary>The test seam of <see cref="EraseUserHandler"/>.</summary>
internal interface IEraser
{
    /// <summary>False when there is no such deleted account, or it was erased before.</summary>
    Task<bool> EraseAsync(Guid userId, Guid? actorId, CancellationToken cancellationToken);
}

/// <summary>Replaces the personal data of somebody who is deleted, in every part of the program, in the transaction under way. Scoped.</summary>
internal sealed class Eraser(Db<MembersModule> db, IEnumerable<IUserData> parts) : IEraser
{
    /// <summary>What stands in place of the names of somebody: it tells accounts apart, and nothing else.</summary>
    public static string PlaceholderOf(Guid userId) => $"erased-{userId:N}"[..23];

    public async Task<bool> EraseAsync(Guid userId, Guid? actorId, CancellationToken cancellationToken)
    {
        if (await db.SingleOrDefaultAsync<Names>(SqlLock, new { userId }, cancellationToken) is not { } names)
            return false;
        string[] words = [.. new[] { names.Username, names.UsernameFolded, names.Email, names.EmailFolded, names.Name, names.AvatarUrl }.Where(word => word.Length > 0).Distinct()];
        var person = new UserErasure(userId, PlaceholderOf(userId), words, actorId);

        // The account last: what follows its name follows to the placeholder.
        foreach (var part in parts.OrderBy(part => part is AccountData))
            await part.EraseAsync(person, cancellationToken);
        return true;
    }

    private sealed record Names(string Username, string UsernameFolded, string Email, string EmailFolded, string Name, string AvatarUrl);

    private const string SqlLock =
        """
        select username, username_folded, email, email_folded, name, avatar_url
        from members.users
        where id = @userId
          and deleted
          and erased_at is null
        for update
        """;
}
