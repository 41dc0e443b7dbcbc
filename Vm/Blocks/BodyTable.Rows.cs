using EnergyChain.Vm.Instructions;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Blocks;

/// <content>The rows.</content>
// Safety: as in BodyTable.cs.
internal static unsafe partial class BodyTable
{
    private static void DefineArithmetic()
    {
        Binary<ArithmeticOperations.Add>(Opcode.Add);
        Binary<ArithmeticOperations.Mul>(Opcode.Mul);
        Binary<ArithmeticOperations.Sub>(Opcode.Sub);
        Binary<ArithmeticOperations.Div>(Opcode.Div);
        Binary<ArithmeticOperations.Sdiv>(Opcode.Sdiv);
        Binary<ArithmeticOperations.Mod>(Opcode.Mod);
        Binary<ArithmeticOperations.Smod>(Opcode.Smod);
        Ternary<ArithmeticOperations.Addmod>(Opcode.Addmod);
        Ternary<ArithmeticOperations.Mulmod>(Opcode.Mulmod);
        Binary<ArithmeticOperations.Signextend>(Opcode.Signextend);
        Add(Opcode.Exp, 2).Bodies[Words] = &BlockBodies.Exp;
    }

    private static void DefineLogic()
    {
        Comparison<LogicOperations.Lt, Conditions.Less>(Opcode.Lt);
        Comparison<LogicOperations.Gt, Conditions.Greater>(Opcode.Gt);
        Comparison<LogicOperations.Slt, Conditions.SignedLess>(Opcode.Slt);
        Comparison<LogicOperations.Sgt, Conditions.SignedGreater>(Opcode.Sgt);
        Comparison<LogicOperations.Eq, Conditions.Equal>(Opcode.Eq);
        Binary<LogicOperations.And>(Opcode.And);
        Binary<LogicOperations.Or>(Opcode.Or);
        Binary<LogicOperations.Xor>(Opcode.Xor);
        Binary<LogicOperations.Byte>(Opcode.Byte);
        Binary<LogicOperations.Shl>(Opcode.Shl);
        Binary<LogicOperations.Shr>(Opcode.Shr);
        Binary<LogicOperations.Sar>(Opcode.Sar);
        Unary<LogicOperations.Iszero>(Opcode.Iszero);
        Unary<LogicOperations.Not>(Opcode.Not);
    }

    private static void DefineEnvironment()
    {
        Environment<EnvironmentValues.Address>(Opcode.Address);
        Environment<EnvironmentValues.Origin>(Opcode.Origin);
        Environment<EnvironmentValues.Caller>(Opcode.Caller);
        Environment<EnvironmentValues.Callvalue>(Opcode.Callvalue);
        Environment<EnvironmentValues.Calldatasize>(Opcode.Calldatasize);
        Environment<EnvironmentValues.Codesize>(Opcode.Codesize);
        Environment<EnvironmentValues.Gasprice>(Opcode.Gasprice);
        Environment<EnvironmentValues.Returndatasize>(Opcode.Returndatasize);
        Environment<EnvironmentValues.Coinbase>(Opcode.Coinbase);
        Environment<EnvironmentValues.Timestamp>(Opcode.Timestamp);
        Environment<EnvironmentValues.Number>(Opcode.Number);
        Environment<EnvironmentValues.Prevrandao>(Opcode.Prevrandao);
        Environment<EnvironmentValues.Gaslimit>(Opcode.Gaslimit);
        Environment<EnvironmentValues.Chainid>(Opcode.Chainid);
        Environment<EnvironmentValues.Basefee>(Opcode.Basefee);
        Environment<EnvironmentValues.Blobbasefee>(Opcode.Blobbasefee);
        Environment<EnvironmentValues.Msize>(Opcode.Msize);
        Environment<EnvironmentValues.Selfbalance>(Opcode.Selfbalance);
        InPlace<InPlaceInstructions.Calldataload>(Opcode.Calldataload);
        InPlace<InPlaceInstructions.Tload>(Opcode.Tload);
        InPlace<InPlaceInstructions.Blockhash>(Opcode.Blockhash);
        InPlace<InPlaceInstructions.Blobhash>(Opcode.Blobhash);
    }

    private static void DefineMemory()
    {
        BodyRow load = Add(Opcode.Mload, 1);
        load.Bodies[Words] = &BlockBodies.Mload<Operands.OnStack>;
        load.Bodies[FirstConstant] = &BlockBodies.Mload<Operands.InConstants>;

        BodyRow store = Add(Opcode.Mstore, 2, isVoid: true);
        store.Bodies[Words] = &BlockBodies.Mstore<Operands.OnStack, Operands.OnStack>;
        store.Bodies[FirstConstant] = &BlockBodies.Mstore<Operands.InConstants, Operands.OnStack>;
        store.Bodies[SecondConstant] = &BlockBodies.Mstore<Operands.OnStack, Operands.InConstants>;
        store.Bodies[BothConstant] = &BlockBodies.Mstore<Operands.InConstants, Operands.InConstants>;

        Add(Opcode.Mstore8, 2, isVoid: true).Bodies[Words] = &BlockBodies.Mstore8;

        BodyRow storage = Add(Opcode.Sload, 1);
        storage.Bodies[Words] = &BlockBodies.Sload<Operands.OnStack>;
        storage.Bodies[FirstConstant] = &BlockBodies.Sload<Operands.InConstants>;

        BodyRow keccak = Add(Opcode.Keccak256, 2);
        keccak.Bodies[Words] = &BlockBodies.Keccak<Operands.OnStack>;
        keccak.Bodies[BothConstant] = &BlockBodies.Keccak<Operands.InConstants>;
    }

    private static BodyRow Add(Opcode opcode, int operands, bool isVoid = false)
    {
        BodyRow row = new() { Operands = operands, IsVoid = isVoid };
        Rows[(int)opcode] = row;
        return row;
    }
}
