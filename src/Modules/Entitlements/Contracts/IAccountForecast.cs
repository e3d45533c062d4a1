namespace Monolith.Entitlements.Contracts;

/// <summary>What would become of accounts, for a look at the seats before anything is done. It changes nothing and asks for no permission. Implemented by the Members module.</summary>
public interface IAccountForecast
{
    /// <summary>Those who would stay, each with the reason in a sentence: whatever the caller may do, these rules stand in the way. Ids of nobody are passed over.</summary>
    /// <param name="suspended">Whom the caller would suspend.</param>
    /// <param name="deleted">Whom the caller would delete after that, in this order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyDictionary<Guid, string>> RefusalsAsync(IReadOnlyCollection<Guid> suspended, IReadOnlyCollection<Guid> deleted, CancellationToken cancellationToken);

    /// <summary>The holders of seats who would be dormant now if it took so many days.</summary>
    /// <param name="afterDays">Without a request and without AI use.</param>
    /// <param name="except">Who is not asked about.</param>
    /// <param name="most">How many of them are named; all are counted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<DormantHolders> DormantHoldersAsync(int afterDays, IReadOnlyCollection<Guid> except, int most, CancellationToken cancellationToken);
}

/// <summary>Holders of seats who would be dormant.</summary>
/// <param name="Count">All of them.</param>
/// <param name="First">Some of them, those who were away the longest first.</param>
public sealed record DormantHolders(long Count, IReadOnlyList<Guid> First);
