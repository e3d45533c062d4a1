using Microsoft.Extensions.DependencyInjection;
using Monolith.Data.Connections;
using Monolith.Kernel.Modules;

namespace Monolith.Data.Specifications;

/// <summary>Registers read stores.</summary>
public static class ReadStoreRegistration
{
    /// <summary>The <see cref="IReadStore{T}"/> of rows that <typeparamref name="TOwner"/> reads with its rights.</summary>
    public static IServiceCollection AddReadStore<TOwner, T>(this IServiceCollection services, TableMap<T> map)
        where TOwner : ISchemaOwner =>
        services.AddScoped<IReadStore<T>>(provider => new SqlReadStore<T>(provider.GetRequiredService<Db<TOwner>>(), map) { Counts = provider.GetRequiredService<CountCache>() });
}
