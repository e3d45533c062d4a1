namespace Monolith.Client;

/// <summary>How often a request is tried again, and how long is waited before that.</summary>
public sealed record RetryOptions
{
    /// <summary>How often a request is tried again after the first time; 0 is never.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The longest wait before a retry. Where the server asks for more, its refusal is the answer, and nothing is waited for.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait before the first retry where the server names none; it doubles with every further one.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock that waits, and that a date in <c>Retry-After</c> is compared with.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
