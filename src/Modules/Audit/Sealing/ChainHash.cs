using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Monolith.Audit.Sealing;

/// <summary>The hash of a row and of everything before it: SHA-256 over the hash before, the position and each column, every one behind its length, so that no two rows look alike.</summary>
internal sealed class ChainHash : IDisposable
{
    private const int Missing = -1;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _length = new byte[sizeof(int)];
    private byte[] _text = new byte[4096];

    /// <summary>What stands before the first row.</summary>
    public static byte[] Start { get; } = new byte[SHA256.HashSizeInBytes];

    public byte[] Next(byte[] before, long position, SealedRow row)
    {
        _hash.AppendData(before);
        Add(position);
        Add(row.Id);
        Add(row.At);
        Add(row.ActorId);
        Add(row.Action);
        Add(row.ResourceType);
        Add(row.ResourceId);
        Add(row.Target);
        Add(row.OrganizationId);
        Add(row.Before);
        Add(row.After);
        Add(row.Status);
        Add(row.Address);
        Add(row.UserAgent);
        Add(row.RequestId);
        Add(row.Operation);
        Add(row.Occurrences);
        Add(row.LastAt);
        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private void Add(Guid? id) => Add(id?.ToString("D"));

    private void Add(DateTimeOffset? time) => Add(time?.UtcTicks);

    private void Add(long? number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number.GetValueOrDefault());
        AddLength(number is null ? Missing : bytes.Length);
        _hash.AppendData(bytes);
    }

    private void Add(string? text)
    {
        if (text is null)
        {
            AddLength(Missing);
            return;
        }
        if (_text.Length < Encoding.UTF8.GetMaxByteCount(text.Length))
            _text = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = Encoding.UTF8.GetBytes(text, _text);
        AddLength(length);
        _hash.AppendData(_text, 0, length);
    }

    private void AddLength(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_length, length);
        _hash.AppendData(_length);
    }
}
