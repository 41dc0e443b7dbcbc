using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace EnergyChain.Node.Api;

/// <summary>Page tokens: a place in a list as text that callers need not understand.</summary>
internal static class PageToken
{
    private const byte Version = 1;

    /// <summary>A place given by numbers, such as height and position.</summary>
    public static string OfNumbers(params ReadOnlySpan<ulong> numbers)
    {
        byte[] bytes = new byte[1 + (numbers.Length * sizeof(ulong))];
        bytes[0] = Version;
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1 + (i * sizeof(ulong))), numbers[i]);
        }

        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The numbers of a token; null for the first page.</summary>
    public static ulong[]? Numbers(string token, int count)
    {
        if (token.Length == 0)
        {
            return null;
        }

        byte[] bytes = Decode(token);
        if (bytes.Length != 1 + (count * sizeof(ulong)))
        {
            throw Bad();
        }

        ulong[] numbers = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(1 + (i * sizeof(ulong))));
        }

        return numbers;
    }

    /// <summary>A place given by a key of the index.</summary>
    public static string OfKey(string? key) => key is null
        ? ""
        : Base64Url.EncodeToString([Version, .. Encoding.UTF8.GetBytes(key)]);

    /// <summary>The key of a token; null for the first page.</summary>
    public static string? Key(string token) =>
        token.Length == 0 ? null : Encoding.UTF8.GetString(Decode(token).AsSpan(1));

    private static byte[] Decode(string token)
    {
        if (token.Length > ApiLimits.MaxPageTokenLength || !Base64Url.IsValid(token))
        {
            throw Bad();
        }

        byte[] bytes = Base64Url.DecodeFromChars(token);
        return bytes.Length > 0 && bytes[0] == Version ? bytes : throw Bad();
    }

    private static Grpc.Core.RpcException Bad() =>
        ApiError.Invalid("page_token", "not one that this node gave for this request; start again without it.");
}
