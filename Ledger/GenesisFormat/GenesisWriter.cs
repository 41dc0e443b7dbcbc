using System.Buffers;
using System.Globalization;
using System.Text.Json;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Ledger.GenesisFormat;

/// <summary>Writes a canonical genesis as JSON.</summary>
internal static class GenesisWriter
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    public static byte[] Write(Genesis genesis)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("chainId", genesis.ChainId.Value);
            json.WriteString("time", TimeText(genesis.Time));
            WriteParameters(json, genesis.Parameters);
            json.WriteStartArray("council");
            foreach (CouncilMember member in genesis.Council.Members)
            {
                json.WriteStringValue(member.PublicKey.ToString());
            }

            json.WriteEndArray();
            json.WriteStartObject("accounts");
            foreach (GenesisAccount account in genesis.Accounts)
            {
                WriteAccount(json, account);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void WriteParameters(Utf8JsonWriter json, ChainParameters parameters)
    {
        json.WriteStartObject("parameters");
        json.WriteNumber("blockIntervalMs", parameters.BlockIntervalMs);
        json.WriteNumber("blockGasLimit", parameters.BlockGasLimit.Value);
        json.WriteNumber("transactionGasLimit", parameters.TransactionGasLimit.Value);
        json.WriteString("gasPrice", parameters.GasPrice.ToString());
        json.WriteNumber("epochBlocks", parameters.EpochBlocks);
        json.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter json, GenesisAccount account)
    {
        json.WriteStartObject(account.Address.ToString());
        json.WriteString("balance", account.Balance.ToString());
        if (account.Code.Length > 0)
        {
            json.WriteString("code", Hex.Encode(account.Code.Span));
        }

        if (account.Storage.Count > 0)
        {
            json.WriteStartObject("storage");
            foreach (StorageSlot slot in account.Storage)
            {
                json.WriteString(Word(slot.Key), Word(slot.Value));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string TimeText(BlockTime time)
    {
        string form = time.UnixMs % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        return DateTime.UnixEpoch
            .AddTicks((long)time.UnixMs * TimeSpan.TicksPerMillisecond)
            .ToString(form, CultureInfo.InvariantCulture);
    }

    private static string Word(in UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        value.WriteBigEndian(bytes);
        return Hex.Encode(bytes);
    }
}
