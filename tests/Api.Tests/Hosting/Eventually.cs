namespace Monolith.Api.Tests.Hosting;

/// <summary>Waits for a condition.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, what);
            await Task.Delay(20);
        }
    }

    /// <summary>False in place of an exception of that kind.</summary>
    public static async Task<bool> WithoutAsync<TException>(Func<Task<bool>> condition)
        where TException : Exception
    {
        try
        {
            return await condition();
        }
        catch (TException)
        {
            return false;
        }
    }
}
