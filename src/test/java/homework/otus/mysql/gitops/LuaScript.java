package homework.otus.mysql.gitops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.jse.JseOsLib;

/** Runs a script as Argo CD does: the object is {@code obj}, and of Lua's libraries these four are there. */
final class LuaScript {
    private LuaScript() {}

    /** @return what the script returns, as maps, lists, texts, booleans and whole numbers */
    static Object run(String script, Object object) {
        Globals globals = new Globals();
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        globals.load(new JseOsLib());
        LoadState.install(globals);
        LuaC.install(globals);
        globals.set("obj", toLua(object));
        return fromLua(globals.load(script).call());
    }

    private static LuaValue toLua(Object value) {
        if (value instanceof Map<?, ?> map) {
            LuaTable table = new LuaTable();
            map.forEach((key, field) -> table.set(String.valueOf(key), toLua(field)));
            return table;
        }
        if (value instanceof List<?> list) {
            return LuaValue.listOf(list.stream().map(LuaScript::toLua).toArray(LuaValue[]::new));
        }
        if (value instanceof Boolean bool) {
            return LuaValue.valueOf(bool);
        }
        return value instanceof Number number ? LuaValue.valueOf(number.intValue()) : LuaValue.valueOf((String) value);
    }

    private static Object fromLua(LuaValue value) {
        if (value.istable()) {
            LuaTable table = value.checktable();
            if (table.length() > 0) {
                return IntStream.rangeClosed(1, table.length())
                        .mapToObj(i -> fromLua(table.get(i)))
                        .toList();
            }
            Map<String, Object> map = new LinkedHashMap<>();
            for (LuaValue key : table.keys()) {
                map.put(key.tojstring(), fromLua(table.get(key)));
            }
            return map;
        }
        return switch (value.type()) {
            case LuaValue.TNIL -> Map.of();
            case LuaValue.TBOOLEAN -> value.toboolean();
            case LuaValue.TNUMBER -> value.toint();
            default -> value.tojstring();
        };
    }
}
