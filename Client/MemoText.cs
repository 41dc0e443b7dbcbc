using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using EnergyChain.Core;

namespace EnergyChain.Client;

/// <summary>
/// A text as a memo: a zero byte, 32 random bytes, the text in UTF-8. The hash of a memo stays on the chain for good;
/// without the random bytes whoever guesses a short text could prove from it that it once stood there, though the memo
/// itself was erased.
/// </summary>
public static class MemoText
{
    private const int SaltBytes = 32;
    private const int PrefixBytes = 1 + SaltBytes;

    /// <summary>Bytes of text that fit into a memo.</summary>
    public const int MaxTextBytes = Limits.MaxMemoBytes - PrefixBytes;

    /// <summary>Throws <see cref="ArgumentException"/> for a text of more than <see cref="MaxTextBytes"/>.</summary>
    public static byte[] Encode(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (length > MaxTextBytes)
        {
            throw new ArgumentException(
                $"The memo has {length} bytes; at most {MaxTextBytes} are taken.", nameof(text));
        }

        byte[] memo = new byte[PrefixBytes + length];
        RandomNumberGenerator.Fill(memo.AsSpan(1, SaltBytes));
        Encoding.UTF8.GetBytes(text, memo.AsSpan(PrefixBytes));
        return memo;
    }

    /// <summary>The text of a memo, of one without random bytes too; false where it is no text.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> memo, [NotNullWhen(true)] out string? text)
    {
        ReadOnlySpan<byte> bytes = memo.Length >= PrefixBytes && memo[0] == 0 ? memo[PrefixBytes..] : memo;
        text = bytes.Length > 0 && Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
        return text is not null;
    }
}
