namespace Monolith.BuildingBlocks.Data;

/// <summary>Sees every statement before it runs. The server has none; tests use one to run each module's statements with that module's rights alone.</summary>
public interface IStatementGuard
{
    /// <summary>The statement to run instead: <paramref name="sql"/> itself, or with something before it that answers no rows. Called on the stack of the statement's owner.</summary>
    string Guard(string sql);
}
