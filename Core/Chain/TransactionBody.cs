using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>What a sender signs. Equality is by canonical bytes through <see cref="Transaction.Id"/>.</summary>
public sealed class TransactionBody : IBcsValue<TransactionBody>
{
    public required ChainId ChainId { get; init; }

    /// <summary>How many transactions the sender has had included before this one.</summary>
    public required ulong Nonce { get; init; }

    public required Gas GasLimit { get; init; }

    /// <summary>Base units per gas; must equal the chain parameter.</summary>
    public required UInt256 GasPrice { get; init; }

    /// <summary>The account called or paid; null creates a contract.</summary>
    public Address? To { get; init; }

    /// <summary>Base units (10^-18 ENC) that move to <see cref="To"/>.</summary>
    public UInt256 Value { get; init; }

    /// <summary>Call data, or init code where <see cref="To"/> is null.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The last height at which the transaction may be included.</summary>
    public required Height ValidUntil { get; init; }

    /// <summary>BLAKE2b-256 of the detached memo; 32 zero bytes for none.</summary>
    public Hash32 MemoHash { get; init; }

    /// <summary>The account that pays the gas in the sender's place (fee delegation); null for the sender.</summary>
    public Address? FeePayer { get; init; }

    public static TransactionBody Decode(ref BcsReader reader) => new()
    {
        ChainId = new ChainId(reader.ReadU64()),
        Nonce = reader.ReadU64(),
        GasLimit = new Gas(reader.ReadU64()),
        GasPrice = reader.ReadU256(),
        To = ReadOptionalAddress(ref reader),
        Value = reader.ReadU256(),
        Data = reader.ReadBytes(Limits.MaxTransactionDataBytes),
        ValidUntil = new Height(reader.ReadU64()),
        MemoHash = reader.ReadHash(),
        FeePayer = ReadOptionalAddress(ref reader),
    };

    public void Encode(BcsWriter writer)
    {
        writer.WriteU64(ChainId.Value);
        writer.WriteU64(Nonce);
        writer.WriteU64(GasLimit.Value);
        writer.WriteU256(GasPrice);
        WriteOptionalAddress(writer, To);
        writer.WriteU256(Value);
        writer.WriteBytes(Data.Span);
        writer.WriteU64(ValidUntil.Value);
        writer.WriteHash(MemoHash);
        WriteOptionalAddress(writer, FeePayer);
    }

    /// <summary>
    /// Signs the body as its sender and, where a fee payer is named, as that fee payer. Throws
    /// <see cref="ArgumentException"/> where the keys do not belong to the body.
    /// </summary>
    public Transaction Sign(SigningKey sender, SigningKey? feePayer = null, ReadOnlyMemory<byte>? memo = null)
    {
        if (feePayer?.Address != FeePayer)
        {
            throw new ArgumentException("The fee payer's key and the body's fee payer differ.", nameof(feePayer));
        }

        byte[] bytes = Bcs.Encode(this);
        FeePayerSignature? delegated = feePayer is null
            ? null
            : new FeePayerSignature(feePayer.PublicKey, feePayer.Sign(SigningDomain.FeePayer, ChainId, bytes));
        Signature signature = sender.Sign(SigningDomain.Transaction, ChainId, bytes);
        return new Transaction(this, sender.PublicKey, signature, delegated, memo);
    }

    private static Address? ReadOptionalAddress(ref BcsReader reader) =>
        reader.ReadBool() ? reader.ReadAddress() : null;

    private static void WriteOptionalAddress(BcsWriter writer, Address? address)
    {
        writer.WriteBool(address is not null);
        if (address is { } present)
        {
            writer.WriteAddress(present);
        }
    }
}
