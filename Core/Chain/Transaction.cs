using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// A signed transaction. Its id is H(body bytes || public key): no signature byte is in it, so nobody can make a
/// second id of it. The memo lies beside the signed part: only its hash is signed, execution never reads it, and it
/// can be erased from every store while the chain still verifies. Immutable.
/// </summary>
public sealed class Transaction : IBcsValue<Transaction>
{
    public Transaction(
        TransactionBody body,
        PublicKey publicKey,
        Signature signature,
        FeePayerSignature? feePayerSignature = null,
        ReadOnlyMemory<byte>? memo = null)
        : this(
            body,
            publicKey,
            signature,
            feePayerSignature,
            memo,
            Encode(body, publicKey, signature, feePayerSignature, memo, out int bodyLength),
            bodyLength)
    {
    }

    // What the id is made of, body and key, stands at the start of the encoding.
    private Transaction(
        TransactionBody body,
        PublicKey publicKey,
        Signature signature,
        FeePayerSignature? feePayerSignature,
        ReadOnlyMemory<byte>? memo,
        ReadOnlyMemory<byte> encoded,
        int bodyLength)
    {
        Body = body;
        PublicKey = publicKey;
        Signature = signature;
        FeePayerSignature = feePayerSignature;
        Memo = memo;
        Encoded = encoded;
        BodyBytes = encoded[..bodyLength];
        Sender = publicKey.ToAddress();
        Id = Blake2b.Hash(encoded.Span[..(bodyLength + PublicKey.Size)]);
        int memoLength = memo is { } bytes ? LengthOfLength(bytes.Length) + bytes.Length : 0;
        BlockLength = encoded.Length - memoLength
            + (body.MemoHash.IsZero ? 0 : LengthOfLength(Limits.MaxMemoBytes) + Limits.MaxMemoBytes);
    }

    public TransactionBody Body { get; }

    public PublicKey PublicKey { get; }

    public Signature Signature { get; }

    public FeePayerSignature? FeePayerSignature { get; }

    /// <summary>The detached memo; null where there is none or it was erased.</summary>
    public ReadOnlyMemory<byte>? Memo { get; }

    /// <summary>H(body bytes || public key).</summary>
    public Hash32 Id { get; }

    /// <summary>The account of <see cref="PublicKey"/>.</summary>
    public Address Sender { get; }

    /// <summary>Who pays the gas.</summary>
    public Address GasPayer => Body.FeePayer ?? Sender;

    /// <summary>The canonical bytes of the body: what the signatures cover.</summary>
    public ReadOnlyMemory<byte> BodyBytes { get; }

    /// <summary>The whole canonical encoding.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Bytes of the whole canonical encoding.</summary>
    public int EncodedLength => Encoded.Length;

    /// <summary>
    /// Bytes that the transaction counts for in a block: of its encoding with the longest memo, where one was signed.
    /// The same on every node, whoever has the memo and whoever has not; never less than <see cref="EncodedLength"/>
    /// of a memo that matches.
    /// </summary>
    public int BlockLength { get; }

    public static Transaction Decode(ref BcsReader reader) => Decode(ref reader, null);

    /// <summary>
    /// Decodes bytes that must hold exactly one transaction, which keeps them: they must not change any more. Any bytes
    /// are allowed; no exception.
    /// </summary>
    public static bool TryDecode(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Transaction? transaction, out DecodeError error)
    {
        BcsReader reader = new(bytes.Span);
        transaction = Decode(ref reader, bytes);
        if (!reader.Failed && reader.Remaining > 0)
        {
            reader.Fail(DecodeError.TrailingBytes);
        }

        error = reader.Error;
        transaction = reader.Failed ? null : transaction;
        return !reader.Failed;
    }

    public void Encode(BcsWriter writer) => writer.WriteFixed(Encoded.Span);

    /// <summary>The same transaction without its memo.</summary>
    public Transaction WithoutMemo() => new(Body, PublicKey, Signature, FeePayerSignature);

    /// <summary>
    /// Whether the sender's signature, and the fee payer's where one is named, hold. About 50 us each.
    /// </summary>
    public bool SignaturesHold()
    {
        if (FeePayerSignature?.PublicKey.ToAddress() != Body.FeePayer)
        {
            return false;
        }

        bool delegated = FeePayerSignature is not { } payer || SignatureCheck.Holds(
            SigningDomain.FeePayer, Body.ChainId, BodyBytes.Span, payer.PublicKey, payer.Signature);
        return delegated && SignatureCheck.Holds(
            SigningDomain.Transaction, Body.ChainId, BodyBytes.Span, PublicKey, Signature);
    }

    /// <summary>Whether the memo, where there is one, is the one whose hash was signed.</summary>
    public bool MemoMatches() =>
        Memo is not { } memo || (!Body.MemoHash.IsZero && Blake2b.Hash(memo.Span) == Body.MemoHash);

    // The encoding is canonical: the bytes that were read are those that the values would be encoded to.
    private static Transaction Decode(ref BcsReader reader, ReadOnlyMemory<byte>? kept)
    {
        ReadOnlySpan<byte> start = reader.Rest;
        TransactionBody body = TransactionBody.Decode(ref reader);
        int bodyLength = start.Length - reader.Remaining;
        PublicKey publicKey = reader.ReadPublicKey();
        Signature signature = reader.ReadSignature();
        FeePayerSignature? feePayer = reader.ReadBool() ? Chain.FeePayerSignature.Decode(ref reader) : null;
        int memoLength = reader.ReadBool() ? reader.ReadLength(Limits.MaxMemoBytes) : -1;
        reader.Skip(Math.Max(memoLength, 0));
        if (reader.Failed)
        {
            return new Transaction(body, publicKey, signature, feePayer);
        }

        int length = start.Length - reader.Remaining;
        ReadOnlyMemory<byte> encoded = kept is { } bytes ? bytes[..length] : start[..length].ToArray();
        ReadOnlyMemory<byte>? memo = memoLength < 0 ? default(ReadOnlyMemory<byte>?) : encoded[^memoLength..];
        return new Transaction(body, publicKey, signature, feePayer, memo, encoded, bodyLength);
    }

    private static byte[] Encode(
        TransactionBody body,
        PublicKey publicKey,
        Signature signature,
        FeePayerSignature? feePayerSignature,
        ReadOnlyMemory<byte>? memo,
        out int bodyLength)
    {
        BcsWriter writer = new(384 + body.Data.Length + (memo?.Length ?? 0));
        body.Encode(writer);
        bodyLength = writer.Length;
        writer.WritePublicKey(publicKey);
        writer.WriteSignature(signature);
        writer.WriteBool(feePayerSignature is not null);
        feePayerSignature?.Encode(writer);
        writer.WriteBool(memo is not null);
        if (memo is { } bytes)
        {
            writer.WriteBytes(bytes.Span);
        }

        return writer.ToArray();
    }

    private static int LengthOfLength(int value) => value < 0x80 ? 1 : value < 0x4000 ? 2 : 3;
}
