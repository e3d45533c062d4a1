using Microsoft.Extensions.DependencyInjection;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Modules;

namespace Monolith.BuildingBlocks.Specifications;

/// <summary>Registers read stores.</summary>
public static class ReadStoreRegistration
{
    /// <summary>The <see cref="IReadStore{T}"/> of rows that <typeparamref name="TOwner"/> reads with its rights.</summary>
    public static IServiceCollection AddReadStore<TOwner, T>(this IServiceCollection services, TableMap<T> map)
        where TOwner : ISchemaOwner =>
        services.AddScoped<IReadStore<T>>(provider => new SqlReadStore<T>(provider.GetRequiredService<Db<TOwner>>(), map));
}
