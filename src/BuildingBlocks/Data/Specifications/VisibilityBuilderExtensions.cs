using System.Linq.Expressions;
using Monolith.Kernel.Authorization;

namespace Monolith.Data.Specifications;

/// <summary>Keeps a list to the rows that its reader may see.</summary>
public static class VisibilityBuilderExtensions
{
    /// <param name="builder">The specification.</param>
    /// <param name="rows">What the reader may see.</param>
    /// <param name="user">The user to whom a row belongs.</param>
    public static ISpecificationBuilder<T> VisibleTo<T>(this ISpecificationBuilder<T> builder, RowVisibility rows, Expression<Func<T, Guid>> user) => builder
        .Where(Expression.Lambda<Func<T, bool>>(Expression.Equal(user.Body, Expression.Constant(rows.UserId.GetValueOrDefault())), user.Parameters), rows.UserId is not null)
        .Where(_ => false, rows is { IsAll: false, UserId: null });
}
