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
        : this(body, publicKey, signature, feePayerSignature, memo, SignedBytes(body, publicKey))
    {
    }

    // What the id is made of, body and key, follows one another in the encoding too.
    private Transaction(
        TransactionBody body,
        PublicKey publicKey,
        Signature signature,
        FeePayerSignature? feePayerSignature,
        ReadOnlyMemory<byte>? memo,
        byte[] bodyAndKey)
    {
        Body = body;
        PublicKey = publicKey;
        Signature = signature;
        FeePayerSignature = feePayerSignature;
        Memo = memo;
        Sender = publicKey.ToAddress();
        Id = Blake2b.Hash(bodyAndKey);
        BodyBytes = bodyAndKey.AsMemory(0, bodyAndKey.Length - PublicKey.Size);
        int signedLength = bodyAndKey.Length + Signature.Size + 1 + 1
            + (feePayerSignature is null ? 0 : PublicKey.Size + Signature.Size);
        EncodedLength = signedLength
            + (memo is null ? 0 : LengthOfLength(memo.Value.Length) + memo.Value.Length);
        BlockLength = signedLength
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

    /// <summary>Bytes of the whole canonical encoding.</summary>
    public int EncodedLength { get; }

    /// <summary>
    /// Bytes that the transaction counts for in a block: of its encoding with the longest memo, where one was signed.
    /// The same on every node, whoever has the memo and whoever has not; never less than <see cref="EncodedLength"/>
    /// of a memo that matches.
    /// </summary>
    public int BlockLength { get; }

    public static Transaction Decode(ref BcsReader reader)
    {
        ReadOnlySpan<byte> start = reader.Rest;
        TransactionBody body = TransactionBody.Decode(ref reader);
        PublicKey publicKey = reader.ReadPublicKey();

        // The encoding is canonical: these bytes are those that the body and the key would be encoded to.
        byte[]? bodyAndKey = reader.Failed ? null : start[..^reader.Remaining].ToArray();
        Signature signature = reader.ReadSignature();
        FeePayerSignature? feePayer = reader.ReadBool() ? Chain.FeePayerSignature.Decode(ref reader) : null;
        ReadOnlyMemory<byte>? memo = null;
        if (reader.ReadBool())
        {
            memo = reader.ReadBytes(Limits.MaxMemoBytes);
        }

        return new Transaction(
            body, publicKey, signature, feePayer, memo, bodyAndKey ?? SignedBytes(body, publicKey));
    }

    public void Encode(BcsWriter writer)
    {
        writer.WriteFixed(BodyBytes.Span);
        writer.WritePublicKey(PublicKey);
        writer.WriteSignature(Signature);
        writer.WriteBool(FeePayerSignature is not null);
        FeePayerSignature?.Encode(writer);
        writer.WriteBool(Memo is not null);
        if (Memo is { } memo)
        {
            writer.WriteBytes(memo.Span);
        }
    }

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

    private static byte[] SignedBytes(TransactionBody body, PublicKey publicKey)
    {
        BcsWriter writer = new(256 + body.Data.Length);
        body.Encode(writer);
        writer.WritePublicKey(publicKey);
        return writer.ToArray();
    }

    private static int LengthOfLength(int value) => value < 0x80 ? 1 : value < 0x4000 ? 2 : 3;
}
