using System.Diagnostics.CodeAnalysis;

namespace Monolith.Kernel.Results;

/// <summary>A response type that a pipeline behavior can produce from an <see cref="Error"/> without reflection.</summary>
/// <typeparam name="TSelf">The response type itself.</typeparam>
public interface IFailable<TSelf>
    where TSelf : IFailable<TSelf>
{
    /// <summary>The failure, or null after success.</summary>
    Error? Error { get; }

    /// <summary>Makes a failed response.</summary>
    static abstract TSelf Fail(Error error);
}

/// <summary>A value, or the <see cref="Results.Error"/> that stood in its way. Every request of the system answers one.</summary>
public sealed class Result<T> : IFailable<Result<T>>
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    /// <inheritdoc />
    public Error? Error { get; }

    /// <summary>True when <see cref="Value"/> may be read.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The value. Reading it after a failure is a bug and throws <see cref="InvalidOperationException"/>.</summary>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"No value: {Error.Message}");

    /// <inheritdoc />
    public static Result<T> Fail(Error error) => new(default, error);

    /// <summary>Folds both cases into one answer.</summary>
    public TOut Match<TOut>(Func<T, TOut> success, Func<Error, TOut> failure) => Error is null ? success(_value!) : failure(Error);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>The value of a command that answers nothing.</summary>
public readonly record struct Unit
{
    /// <summary>The only value.</summary>
    public static Unit Value => default;
}
